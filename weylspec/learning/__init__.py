"""Learning invariant functions from samples: bases, kernels, an estimator, and measured learning curves.

Points x_i are uniform on M (probability measure μ), y_i = f*(x_i) + ε_i. The kernel is
K_s^G(x, y) = Σ_λ (1+λ)^{−s} K_λ^G(x, y), K_λ^G the reproducing kernel of the G-invariant functions
in the eigenspace of λ (addition theorem; Haar average of that of M). A positive-definite kernel is
cut between distinct eigenvalues only. Kernel ridge regression minimises
(1/n)Σ(y_i − f(x_i))² + η‖f‖²_{H^s}; the matrix K gets the ridge nη, which is scikit-learn's alpha.
"""
