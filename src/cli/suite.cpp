#include "cli/suite.hpp"

#include "build_info.hpp"

#include <Eigen/Core>
#include <arb.h>
#include <boost/version.hpp>
#include <flint/flint.h>
#include <fmt/format.h>
#include <gmp.h>
#include <mpfr.h>

namespace attest::cli {

ledger::SuiteInfo suite_info()
{
    constexpr int boost_major = BOOST_VERSION / 100000;
    constexpr int boost_minor = BOOST_VERSION / 100 % 1000;
    constexpr int fmt_major = FMT_VERSION / 10000;
    constexpr int fmt_minor = FMT_VERSION / 100 % 100;
    ledger::SuiteInfo suite;
    suite.version = build_info::version;
    suite.commit = build_info::commit;
    suite.compiler = build_info::compiler;
    suite.libraries = {
        {"Arb", arb_version},
        {"FLINT", ::flint_version},
        {"MPFR", ::mpfr_get_version()},
        {"GMP", ::gmp_version},
        {"Boost", fmt::format("{}.{}", boost_major, boost_minor)},
        {"Eigen",
         fmt::format("{}.{}.{}", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION)},
        {"fmt", fmt::format("{}.{}", fmt_major, fmt_minor)},
    };
    return suite;
}

} // namespace attest::cli
