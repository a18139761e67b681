#include "attest/flow/recorded_tokens.hpp"

#include "attest/flow/symmetric_tokens.hpp"
#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::flow {

PairView pair_view(const Matrix<double>& X)
{
    PairView view;
    view.r = X.colwise().norm();
    const Matrix<double> theta = X * view.r.cwiseInverse().asDiagonal();
    view.cosines = theta.transpose() * theta;
    return view;
}

RecordedRun symmetric_rows(const RecordedTokens& tokens)
{
    RecordedRun run;
    run.name = tokens.name;
    run.t = tokens.t;
    run.unit = tokens.unit;
    run.tokens = true;
    for (std::size_t k = 0; k < tokens.X.size(); ++k) {
        const Matrix<double>& X = tokens.X[k];
        if (X.cols() < 2 || X.colwise().norm().minCoeff() == 0) {
            throw InputError(fmt::format("{}: time {} of {}: must have at least 2 tokens, none of "
                                         "length 0",
                                         tokens.name, k + 1, tokens.X.size()));
        }
        const PairView view = pair_view(X);
        double low = 2;
        double high = -2;
        for (Eigen::Index j = 1; j < X.cols(); ++j) {
            low = std::min(low, view.cosines.col(j).head(j).minCoeff());
            high = std::max(high, view.cosines.col(j).head(j).maxCoeff());
        }
        run.gamma_low.emplace_back(low);
        run.gamma_high.emplace_back(high);
        run.r_low.emplace_back(view.r.minCoeff());
        run.r_high.emplace_back(view.r.maxCoeff());
    }
    return run;
}

bool starts_symmetric(const model::SymmetricProblem& problem, const RecordedRun& run)
{
    const double room = gathered_rounding(run.unit, 1);
    const auto near = [&](const Rational& a, const Rational& b) {
        return std::abs(Rational(a - b).convert_to<double>())
               <= room * std::max(1.0, std::abs(b.convert_to<double>()));
    };
    const Rational r = starting_magnitude(problem);
    return run.t.front() == 0 && near(run.gamma_low.front(), problem.gamma0)
           && near(run.gamma_high.front(), problem.gamma0) && near(run.r_low.front(), r)
           && near(run.r_high.front(), r);
}

} // namespace attest::flow
