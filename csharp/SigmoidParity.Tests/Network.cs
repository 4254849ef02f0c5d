namespace SigmoidParity.Tests;

/// <summary>
/// A network of sigmoid layers without biases, and its training, in the order of operations of fixtures/README.md,
/// "Back-propagation". Nothing is fused, nothing reordered.
/// </summary>
/// <param name="weights">A matrix a layer, (its inputs, its outputs); changed by each step.</param>
/// <param name="activation">The sigmoid of each element.</param>
/// <param name="dActivation">Its derivative, of each OUTPUT.</param>
public sealed class Network(double[][,] weights, Func<double[,], double[,]> activation, Func<double[,], double[,]> dActivation)
{
    /// <summary>What a step computed.</summary>
    public sealed record Step(double[][,] Outputs, double[][,] Deltas, double[][,] Gradients, double Loss);

    /// <summary>Gets the weights as they are now.</summary>
    public IReadOnlyList<double[,]> Weights => weights;

    /// <summary>Computes a step without taking it.</summary>
    public Step Compute(double[,] inputs, double[,] targets)
    {
        var outputs = new double[weights.Length][,];
        for (var layer = 0; layer < weights.Length; layer++)
        {
            outputs[layer] = activation(Product(layer == 0 ? inputs : outputs[layer - 1], weights[layer]));
        }

        var error = Map(targets, outputs[^1], (target, output) => target - output);
        var deltas = new double[weights.Length][,];
        var gradients = new double[weights.Length][,];
        for (var layer = weights.Length - 1; layer >= 0; layer--)
        {
            var back = layer == weights.Length - 1 ? error : Product(deltas[layer + 1], Transposed(weights[layer + 1]));
            deltas[layer] = Map(back, dActivation(outputs[layer]), (gradient, slope) => gradient * slope);
            var product = Product(Transposed(layer == 0 ? inputs : outputs[layer - 1]), deltas[layer]);
            gradients[layer] = Map(product, product, (value, _) => -value);
        }

        return new Step(outputs, deltas, gradients, Loss(error));
    }

    /// <summary>Trains for an epoch, and returns its loss: of the weights before each step.</summary>
    public double Epoch(double[,] inputs, double[,] targets, double learningRate, bool oneByOne)
    {
        if (!oneByOne)
        {
            return Take(Compute(inputs, targets), learningRate);
        }

        var loss = Take(Compute(Row(inputs, 0), Row(targets, 0)), learningRate);
        for (var sample = 1; sample < inputs.GetLength(0); sample++)
        {
            loss += Take(Compute(Row(inputs, sample), Row(targets, sample)), learningRate);
        }

        return loss;
    }

    /// <summary>Returns one row as a matrix.</summary>
    public static double[,] Row(double[,] matrix, int row)
    {
        var only = new double[1, matrix.GetLength(1)];
        for (var column = 0; column < only.Length; column++)
        {
            only[0, column] = matrix[row, column];
        }

        return only;
    }

    /// <summary>Computes the product of two matrices: each sum starts from its first product, and adds the others in order.</summary>
    public static double[,] Product(double[,] a, double[,] b)
    {
        var (rows, inner, columns) = (a.GetLength(0), a.GetLength(1), b.GetLength(1));
        var product = new double[rows, columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var sum = a[row, 0] * b[0, column];
                for (var index = 1; index < inner; index++)
                {
                    sum += a[row, index] * b[index, column];
                }

                product[row, column] = sum;
            }
        }

        return product;
    }

    private double Take(Step step, double learningRate)
    {
        for (var layer = 0; layer < weights.Length; layer++)
        {
            weights[layer] = Map(weights[layer], step.Gradients[layer], (weight, gradient) => weight - gradient * learningRate);
        }

        return step.Loss;
    }

    private static double Loss(double[,] error)
    {
        double? sum = null;
        foreach (var one in error)
        {
            sum = sum is null ? one * one : sum + one * one;
        }

        return sum!.Value * 0.5;
    }

    private static double[,] Transposed(double[,] matrix)
    {
        var transposed = new double[matrix.GetLength(1), matrix.GetLength(0)];
        for (var row = 0; row < matrix.GetLength(0); row++)
        {
            for (var column = 0; column < matrix.GetLength(1); column++)
            {
                transposed[column, row] = matrix[row, column];
            }
        }

        return transposed;
    }

    private static double[,] Map(double[,] a, double[,] b, Func<double, double, double> function)
    {
        var mapped = new double[a.GetLength(0), a.GetLength(1)];
        for (var row = 0; row < a.GetLength(0); row++)
        {
            for (var column = 0; column < a.GetLength(1); column++)
            {
                mapped[row, column] = function(a[row, column], b[row, column]);
            }
        }

        return mapped;
    }
}
