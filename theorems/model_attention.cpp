// Attention. The weights of a row of scores are characterised by their sum and their quotients. The
// attention vector is V times the gradient of log sum_k exp <u, x_k> at u = beta K^T Q x_j, taken
// by the rules of calculus on the recorded logarithm. Permutation invariant matrices multiply as
// explicit ones do, and by the algebra of I and J with J^2 = n J. The columns of the symmetric
// directions have their inner products.
#include "theorems/model_claims.hpp"

#include "attest/model/attention_impl.hpp"
#include "attest/model/gram.hpp"
#include "attest/model/particles.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace attention_formulas {
namespace {

constexpr long row_length = 3;

proof::Range symbol_range(long lo, long hi)
{
    return {lo, hi, false, {lo, 0, 1}};
}

proof::Domain attention_domain()
{
    proof::Domain domain = {{"beta", {0, 3, false, {0, 1}}}};
    for (const char* name : {"s1", "s2", "s3", "x11", "x12", "x21", "x22", "q11", "q12", "q21",
                             "q22", "k11", "k12", "k21", "k22", "v11", "v12", "v21", "v22"}) {
        domain.insert({name, symbol_range(-2, 2)});
    }
    return domain;
}

// --- weights -----------------------------------------------------------------------------------

std::string weight_name(long k)
{
    return fmt::format("w{}", k + 1);
}

Judgement check_weights(const Statement& statement, const Effort& effort)
{
    Expr sum(0);
    for (long k = 0; k < row_length; ++k) {
        sum = sum + statement.formulas.at(weight_name(k));
    }
    std::vector<Statement> parts = {ledger::relation(sum, "=", Expr(1))};
    for (long k = 1; k < row_length; ++k) {
        const Expr score = sym(fmt::format("s{}", k + 1));
        parts.push_back(ledger::relation(statement.formulas.at(weight_name(k)) * exp(sym("s1")),
                                         "=", statement.formulas.at(weight_name(0)) * exp(score)));
    }
    return for_every(parts, effort, [](const Statement& one, const Effort& how) {
        return decide_identity(one, how, attention_domain());
    });
}

void add_weights(std::vector<Claim>& claims)
{
    Matrix<Expr> scores(1, row_length);
    scores << sym("s1"), sym("s2"), sym("s3");
    const Matrix<Expr> W = model::softmax_rows(scores);
    Claim claim;
    claim.id = "model/attention/weights";
    claim.printed.latex = "w_{jk} = e^{s_k}/\\sum_l e^{s_l}";
    for (long k = 0; k < row_length; ++k) {
        claim.printed.formulas.emplace(weight_name(k), W(0, k));
    }
    claim.check = check_weights;
    claims.push_back(std::move(claim));
}

// --- the attention vector ----------------------------------------------------------------------

Matrix<Expr> named_matrix(const char* name)
{
    Matrix<Expr> m(2, 2);
    for (long i = 0; i < 2; ++i) {
        for (long j = 0; j < 2; ++j) {
            m(i, j) = sym(fmt::format("{}{}{}", name, i + 1, j + 1));
        }
    }
    return m;
}

/// A_1 of two tokens in the plane as V grad log sum_k exp <u, x_k>.
Vector<Expr> attention_by_gradient()
{
    const Matrix<Expr> X = named_matrix("x");
    const Matrix<Expr> Q = named_matrix("q");
    const Matrix<Expr> K = named_matrix("k");
    const Matrix<Expr> V = named_matrix("v");
    Expr partition(0);
    for (long k = 0; k < 2; ++k) {
        partition = partition + exp(sym("u1") * X(0, k) + sym("u2") * X(1, k));
    }
    const auto at_u = [&](Expr formula) {
        for (long i = 0; i < 2; ++i) {
            Expr u(0); // beta (K^T Q x_1)_i
            for (long a = 0; a < 2; ++a) {
                for (long b = 0; b < 2; ++b) {
                    u = u + sym("beta") * K(a, i) * Q(a, b) * X(b, 0);
                }
            }
            formula = formula.substitute(fmt::format("u{}", i + 1), u);
        }
        return formula;
    };
    const Expr first = at_u(derivative(log(partition), "u1"));
    const Expr second = at_u(derivative(log(partition), "u2"));
    Vector<Expr> A(2);
    for (long i = 0; i < 2; ++i) {
        A(i) = V(i, 0) * first + V(i, 1) * second;
    }
    return A;
}

void add_attention_vector(std::vector<Claim>& claims)
{
    model::Attention<Expr> attention;
    attention.beta = sym("beta");
    attention.Q = named_matrix("q");
    attention.K = named_matrix("k");
    attention.V = named_matrix("v");
    const Matrix<Expr> A = model::attend(attention, named_matrix("x"));
    const Vector<Expr> other = attention_by_gradient();
    for (long i = 0; i < 2; ++i) {
        Claim claim;
        claim.id = fmt::format("model/attention/vector-{}", i + 1);
        claim.printed = formula_statement(A(i, 0), fmt::format("A_{{1,{}}}", i + 1));
        claim.check = [reference = other(i)](const Statement& statement, const Effort& effort) {
            return decide_identity(
                ledger::relation(statement.formulas.at("formula"), "=", reference), effort,
                attention_domain());
        };
        claims.push_back(std::move(claim));
    }
}

// --- invariant matrices ------------------------------------------------------------------------

model::InvariantMatrix<Expr> named_invariant(const std::string& name)
{
    return {sym(name + "d"), sym(name + "o"), sym("n")};
}

/// The product by a I + b J with J^2 = n J.
model::InvariantMatrix<Expr> product_by_algebra(const model::InvariantMatrix<Expr>& x,
                                                const model::InvariantMatrix<Expr>& y)
{
    const Expr a = x.diagonal - x.off_diagonal;
    const Expr c = y.diagonal - y.off_diagonal;
    const Expr off =
        a * y.off_diagonal + x.off_diagonal * c + x.n * x.off_diagonal * y.off_diagonal;
    return {a * c + off, off, x.n};
}

Matrix<Rational> explicit_invariant(const proof::Point& point, const std::string& name)
{
    const long n = point.at("n").convert_to<long>();
    Matrix<Rational> m = Matrix<Rational>::Constant(n, n, point.at(name + "o"));
    m.diagonal().setConstant(point.at(name + "d"));
    return m;
}

/// Entry (1, 1) or (1, 2) of the product of explicit matrices.
Ball explicit_entry(const proof::Point& point, Eigen::Index column)
{
    const Matrix<Rational> x = explicit_invariant(point, "x");
    const Matrix<Rational> y = explicit_invariant(point, "y");
    Rational sum = 0;
    for (Eigen::Index k = 0; k < x.cols(); ++k) {
        sum += x(0, k) * y(k, column);
    }
    return Ball(sum);
}

void add_invariant(std::vector<Claim>& claims, const char* what, const Expr& formula,
                   const Expr& reference, Eigen::Index column)
{
    Claim claim;
    claim.id = fmt::format("model/invariant-matrix/{}", what);
    claim.printed = formula_statement(formula, what);
    claim.check = [=](const Statement& statement, const Effort& effort) {
        const Expr& stated = statement.formulas.at("formula");
        proof::Domain domain = {{"n", {2, 7, true, {2, 3}}}};
        for (const char* name : {"xd", "xo", "yd", "yo"}) {
            domain.insert({name, symbol_range(-3, 3)});
        }
        PointTrial trial("explicit matrices", "n <= 7 at random points");
        for (const proof::Point& point : trial_points(domain, effort)) {
            trial.compare(proof::evaluate_at(stated, point), explicit_entry(point, column), what,
                          point);
        }
        return trial.added_to(
            decide_identity(ledger::relation(stated, "=", reference), effort, domain), effort);
    };
    claims.push_back(std::move(claim));
}

void add_invariants(std::vector<Claim>& claims)
{
    const auto x = named_invariant("x");
    const auto y = named_invariant("y");
    const auto product = model::product(x, y);
    const auto other = product_by_algebra(x, y);
    add_invariant(claims, "product-diagonal", product.diagonal, other.diagonal, 0);
    add_invariant(claims, "product-off-diagonal", product.off_diagonal, other.off_diagonal, 1);
    add_invariant(claims, "row-products", model::row_products(x, y).value, other.diagonal, 0);
}

// --- symmetric directions ----------------------------------------------------------------------

/// a I + b J has columns of length one with inner products gamma, and is the program's matrix.
Judgement check_directions(const Statement& statement, const Effort& effort)
{
    const Expr& a = statement.formulas.at("a");
    const Expr& b = statement.formulas.at("b");
    const Expr off = 2 * a * b + sym("n") * pow(b, 2);
    const std::vector<Statement> parts = {ledger::relation(pow(a, 2) + off, "=", Expr(1)),
                                          ledger::relation(off, "=", sym("gamma"))};
    const Judgement judgement =
        for_every(parts, effort, [](const Statement& one, const Effort& how) {
            proof::Domain domain = symmetric_domain();
            domain["gamma"].special = {0, Rational(1, 2), Rational(9, 10)};
            return decide_identity(one, how, domain);
        });
    PointTrial trial("the program's columns", "n <= 7 at random points");
    const proof::Domain domain = {{"n", {2, 7, true, {2, 3}}},
                                  {"gamma", {0, Rational(9, 10), false, {0, Rational(1, 2)}}}};
    const PrecisionScope precision(2 * bits_for_digits(effort.digits));
    for (const proof::Point& point : trial_points(domain, effort)) {
        const Matrix<Ball> columns =
            model::symmetric_directions(point.at("n").convert_to<long>(), Ball(point.at("gamma")));
        const Ball b_here = proof::evaluate_at(b, point);
        trial.compare(b_here, columns(1, 0), "entry off the diagonal", point);
        trial.compare(proof::evaluate_at(a, point) + b_here, columns(0, 0), "entry on the diagonal",
                      point);
    }
    return trial.added_to(judgement, effort);
}

void add_directions(std::vector<Claim>& claims)
{
    const Expr a = sqrt(1 - sym("gamma"));
    Claim claim;
    claim.id = "model/symmetric-directions";
    claim.printed.latex = "\\theta = a I + b J";
    claim.printed.formulas = {{"a", a},
                              {"b", (sqrt(1 + (sym("n") - 1) * sym("gamma")) - a) / sym("n")}};
    claim.check = check_directions;
    claims.push_back(std::move(claim));
}

} // namespace
} // namespace attention_formulas

void add_attention_formulas(std::vector<Claim>& claims)
{
    using namespace attention_formulas;
    add_weights(claims);
    add_attention_vector(claims);
    add_invariants(claims);
    add_directions(claims);
}

} // namespace attest::theorems
