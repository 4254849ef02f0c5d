using System.Diagnostics;
using System.Numerics.Tensors;
using SigmoidParity;
using SigmoidParity.Vectors;
var r = new Random(1);
Console.WriteLine(SigmoidVectors.Backend);
var pair = new Sigmoid();
foreach (var n in new[]{1000,100000}) {
  var x = new double[n]; var y = new double[n];
  for (int i=0;i<n;i++) x[i] = (r.NextDouble()*2-1)*40;
  Action[] acts = [ ()=>{ for(int i=0;i<x.Length;i++) y[i]=pair.Activation(x[i]); }, ()=>TensorPrimitives.Sigmoid<double>(x,y), ()=>SigmoidVectors.Activation(x.AsSpan(),y.AsSpan()), ()=>SigmoidVectors.StableDerivative(x.AsSpan(),y.AsSpan())];
  var best = new double[4]; Array.Fill(best, 1e9);
  int reps = 2_000_000/n/4+1;
  for (int round=0; round<60; round++) for (int a=0;a<4;a++) {
    var t=Stopwatch.GetTimestamp(); for(int k=0;k<reps;k++) acts[a](); 
    best[a]=Math.Min(best[a], Stopwatch.GetElapsedTime(t).TotalNanoseconds/reps/n);
    if (round<3) Thread.Sleep(50);
  }
  Console.WriteLine($"{n}: formula {best[0]:F3} TP {best[1]:F3} ours {best[2]:F3} stable {best[3]:F3}  ours/TP {best[2]/best[1]:F3}");
}
{ var x=new double[1000000]; var y=new double[1000000]; for (int i=0;i<x.Length;i++) x[i]=(r.NextDouble()*2-1)*40; SigmoidVectors.Activation(x.AsSpan(),y.AsSpan()); int bad=0; for(int i=0;i<x.Length;i++) if (BitConverter.DoubleToInt64Bits(y[i])!=BitConverter.DoubleToInt64Bits(pair.Activation(x[i]))) bad++; Console.WriteLine($"bad {bad}"); }
