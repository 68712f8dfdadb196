// A ridge regression from F#: gradient, Hessian product, plan and solution.
open AutoDiff
open type AutoDiff.Ops
open type AutoDiff.Transforms

let data = Tensor.Of([| 1.0; 2.0; 3.0 |])
let loss (w: Tensor) : Tensor = Sum(Square(2.0 * w - data), 0) + 0.5 * Sum(w * w, 0)

let struct (value, gradient) = ValueAndGrad(loss, Tensor.Of([| 0.5; 0.5; 0.5 |]))
let product = Hvp(loss, data, Tensor.Of([| 1.0; 0.0; -1.0 |]))
let compiled = Compile<Tensor, Tensor>(Grad<Tensor>(loss))
let solved = Solve(Tensor.Eye(3) * 9.0, 4.0 * data)
let largest = compiled.Invoke(solved).ToArray() |> Array.map abs |> Array.max

printfn "value %g" (value.Item())
printfn "gradient %A" (gradient.ToArray())
printfn "product %A" (product.ToArray())
printfn "stationary %b" (largest < 1e-14)
