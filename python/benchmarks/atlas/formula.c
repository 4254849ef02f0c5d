// Reads numbers from standard input and writes the sigmoid of each, as bytes: the formula in a loop that compilers can
// make vectors of. gcc -DSINGLE: of floats.
#include <math.h>
#include <stdio.h>
#ifdef SINGLE
typedef float number;
#define EXP expf
#else
typedef double number;
#define EXP exp
#endif
int main(void) {
    static number x[4096];
    for (size_t n; (n = fread(x, sizeof *x, sizeof x / sizeof *x, stdin)) > 0; fwrite(x, sizeof *x, n, stdout))
        for (size_t i = 0; i < n; i++) x[i] = 1 / (1 + EXP(-x[i]));
}
