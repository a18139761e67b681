// The program attest-check: true certificates of every kind are accepted, corrupted ones rejected.
#include "check/certificate.hpp"
#include "tests/certificate_samples.hpp"
#include "tests/run_program.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>

namespace attest::testing {
namespace {

Outcome run_check(const std::vector<std::string>& arguments, const TemporaryFolder& folder)
{
    return run_program(ATTEST_CHECK_PROGRAM, arguments, folder.path());
}

TEST(AttestCheck, AcceptsEveryKind)
{
    const TemporaryFolder folder;
    int number = 100;
    for (const CertificateJson& sample : certificate_samples()) {
        folder.file(std::to_string(number++) + ".json", certificate_file(sample).dump());
    }
    const Outcome outcome = run_check({".", "--json", "found.out", "--threads", "2"}, folder);
    EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
    EXPECT_NE(outcome.out.find("11 accepted, 0 rejected\n"), std::string::npos) << outcome.out;
    std::ifstream in(folder.path() / "found.out");
    const CertificateJson found = CertificateJson::parse(in);
    EXPECT_EQ(found.at("checker"), "attest-check");
    ASSERT_EQ(found.at("certificates").size(), 11U);
    for (std::size_t i = 0; i < 11; ++i) {
        const CertificateJson& item = found.at("certificates")[i];
        EXPECT_EQ(item.at("file"), std::to_string(100 + i) + ".json");
        EXPECT_EQ(item.at("accepted"), true);
        EXPECT_EQ(item.at("why"), "");
    }
}

/// A change of a sample that makes it false or incomplete.
struct Corruption {
    const char* name;
    CertificateJson (*sample)();
    std::function<void(CertificateJson&)> change;
};

CertificateJson small_cover()
{
    return cover_sample(2);
}

std::vector<Corruption> corruptions()
{
    using J = CertificateJson;
    const auto set = [](const std::string& path, const J& value) {
        return [path, value](J& c) { c[J::json_pointer(path)] = value; };
    };
    const auto drop = [](const std::string& list, std::size_t index) {
        return [list, index](J& c) { c[J::json_pointer(list)].erase(index); };
    };
    return {
        {"identity_constant", identity_sample,
         set("/let/0/1", "(n-2)*exp(beta*gamma)+exp(beta)+1/0")},
        {"identity_sign", identity_sample, set("/rhs", "exp(beta)*(exp(beta*gamma)+exp(beta))/Z")},
        {"identity_exponent", identity_sample, set("/lhs", "exp(beta*(2+gamma))/Z-exp(2*beta)/Z")},
        {"identity_root_sign_unknown", root_identity_sample, set("/nonnegative", J::array())},
        {"identity_denominator_sign", root_identity_sample, set("/ranges/n/0", "0")},
        {"identity_negative_root", root_identity_sample, set("/rhs", "-x*sqrt(n+y)/(n-1/2)")},
        {"at_least_constant", at_least_sample, set("/lhs", "999999/1000000")},
        {"at_least_swapped", at_least_sample, [](J& c) { std::swap(c["lhs"], c["rhs"]); }},
        {"at_least_range", at_least_sample, set("/ranges/gamma/1", "2")},
        {"at_least_missing_range", at_least_sample, [](J& c) { c["ranges"].erase("n"); }},
        {"at_least_method", at_least_sample, set("/method", "trust")},
        {"squares_constant", at_least_squares_sample, set("/lhs", "999999/1000000")},
        {"squares_negative_left", at_least_squares_sample, set("/lhs", "-1")},
        {"squares_radicand", at_least_squares_sample, set("/let/1/1", "exp(2*beta)/2")},
        {"limit_value", limit_sample, set("/limit", "2000001/1000000")},
        {"limit_reduced", limit_sample, set("/reduced", "2*exp(beta*gamma)*(n*gamma+1)/Z")},
        {"limit_place", limit_sample, set("/to", "1/2")},
        {"limit_pole", limit_sample,
         set("/reduced", "2*exp(beta*gamma)*(1-gamma)*((n-1)*gamma+1)/Z/(1-gamma)^2")},
        {"limit_squares_value", limit_squares_sample, set("/limit", "-2/r")},
        {"limit_squares_reduced", limit_squares_sample,
         set("/reduced", "4*A^2*((n-1)*gamma+1)^2/R/r")},
        {"point_relation", point_sample, set("/relation", "<")},
        {"point_digit", point_sample, set("/rhs", "135914091422952261769/100000000000000000000")},
        {"point_moved", point_sample, set("/at/beta", "999999/1000000")},
        {"point_undefined", point_sample, set("/at/n", "0")},
        {"point_missing", point_sample, [](J& c) { c["at"].erase("n"); }},
        {"cover_missing_box", small_cover, drop("/boxes", 2)},
        {"cover_moved_bound", small_cover, set("/boxes/1/0/1", "499999/1000000")},
        {"cover_empty_range", small_cover, set("/ranges/x", {"1", "0"})},
        {"cover_larger_range", small_cover, set("/ranges/x/1", "1000001/1000000")},
        {"cover_unbounded_range", small_cover, set("/ranges/y/1", "inf")},
        {"cover_constant", small_cover, set("/formula", "x^2 - 2*x*y + y^2 - 1/1000000")},
        {"cover_relation", small_cover, set("/relation", "<")},
        {"cover_strict_at_zero", small_cover, set("/formula", "x^2 - 2*x*y + y^2")},
        {"cover_no_boxes", small_cover, set("/boxes", J::array())},
        {"cover_order", small_cover, set("/order", {"x"})},
        {"cover_flat_boxes", small_cover, set("/boxes/0/0/1", "0")},
        {"chart_factor_sign", chart_sample, set("/factor", "-exp(beta)^2*n")},
        {"chart_factor", chart_sample, set("/factor", "exp(beta)*n")},
        {"chart_factor_changes_sign", chart_sample,
         [](J& c) {
             c["factor"] = "(beta-1)*n";
             c["form"] = "(exp(beta)*exprel(beta)+n-1/2)/((beta-1)*n)";
         }},
        {"chart_form", chart_sample, set("/form", "p*v + w^2*(1 - v/3)")},
        {"chart_missing_end", chart_sample, set("/boxes/2/2/1", "1000000")},
        {"chart_range", chart_sample, set("/boxes/3/1/0", "1/1000000")},
        {"chart_definition", chart_sample, set("/chart/w", "exp(-2*beta)")},
        {"integral_enclosure", integral_sample, set("/enclosure/0", "0.7468241328124270255")},
        {"integral_constant", integral_sample,
         set("/integrand", "exp(-x^2)*1000000001/1000000000")},
        {"integral_cell", integral_sample, drop("/cells", 4)},
        {"integral_backwards", integral_sample, set("/cells/2", "1/8")},
        {"integral_order", integral_sample, set("/orders", 3)},
        {"integral_limits", integral_sample,
         [](J& c) { c["to"] = c["cells"][4] = "1000001/1000000"; }},
        {"integral_pole", integral_sample, set("/integrand", "exp(-x^2)+0/(x-1/3)")},
        {"tube_dropped_step", tube_sample, drop("/steps", 0)},
        {"tube_shifted_step", tube_sample, set("/steps/0/h", "17/64")},
        {"tube_negative_step", tube_sample, set("/steps/0/h", "-1/4")},
        {"tube_shrunk_hull", tube_sample, set("/steps/0/hull/0/1", "1.0005")},
        {"tube_hull_left_early", tube_sample, set("/steps/0/hull/1/1", "0.24")},
        {"tube_frame", tube_sample, set("/steps/1/frame", J::parse(R"([["1","0"],["0","1"]])"))},
        {"tube_singular_frame", tube_sample,
         set("/steps/1/frame", J::parse(R"([["1","1"],["1","1"]])"))},
        {"tube_radius", tube_sample, set("/steps/1/radius/0", "0.0009999")},
        {"tube_negative_radius", tube_sample, set("/steps/1/radius/0", "-0.001")},
        {"tube_center", tube_sample, set("/steps/0/center/1", "0.24740397")},
        {"tube_rate", tube_sample, set("/let/0/1", "-y*1000001/1000000")},
        {"tube_initial", tube_sample, set("/initial/0/1", "1.00101")},
        {"tube_more_digits", tube_sample, set("/conclusions/2/formula", "x - 0.878")},
        {"tube_always", tube_sample, set("/conclusions/0/formula", "x - 0.88")},
        {"tube_order", tube_sample, set("/steps/0/order", 2)},
        {"unknown_member", point_sample, set("/comment", "trust me")},
        {"unknown_kind", point_sample, set("/kind", "oracle")},
        {"number_not_exact", point_sample, set("/at/beta", 1)},
        {"huge_exponent", point_sample, set("/at/beta", "1*2^1000000000000")},
        {"huge_power", point_sample, set("/lhs", "n^1000000000000")},
        {"tower_of_powers", point_sample,
         set("/lhs", "((n^1000)^1000)^1000 - ((n^1000)^1000)^1000")},
        {"deep_nesting", point_sample, set("/lhs", std::string(100000, '(') + "n")},
        {"many_minus_signs", point_sample, set("/lhs", std::string(100000, '-') + "n")},
        {"division_by_zero", point_sample, set("/lhs", "1/(n-2)")},
        {"zero_denominator", point_sample, set("/at/n", "1/0")},
        {"not_a_number", point_sample, set("/at/n", "nan")},
        {"infinite_point", point_sample, set("/at/n", "inf")},
        {"let_cycle", identity_sample, set("/let/0/1", "Z+1")},
        {"let_of_a_function", identity_sample, set("/let/0/0", "exp")},
        {"bits", small_cover, set("/bits", 1000000000)},
        {"splits", small_cover, set("/splits", 1e300)},
    };
}

class CorruptedCertificate : public ::testing::TestWithParam<Corruption> {};

TEST_P(CorruptedCertificate, IsRejectedWithAReasonOfOneLine)
{
    CertificateJson certificate = GetParam().sample();
    EXPECT_TRUE(judged(certificate).accepted) << judged(certificate).why;
    GetParam().change(certificate);
    const check::Outcome outcome = judged(certificate);
    EXPECT_FALSE(outcome.accepted) << certificate.dump(1);
    EXPECT_FALSE(outcome.why.empty());
    EXPECT_EQ(outcome.why.find('\n'), std::string::npos) << outcome.why;
    EXPECT_LT(outcome.why.size(), 1000U);
}

INSTANTIATE_TEST_SUITE_P(AttestCheck, CorruptedCertificate, ::testing::ValuesIn(corruptions()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(AttestCheck, RejectsEveryTruncation)
{
    const TemporaryFolder folder;
    const std::string whole = certificate_file(point_sample()).dump();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const auto file = folder.file("cut.json", whole.substr(0, length));
        EXPECT_FALSE(check::check_file(file, 60).accepted) << length;
    }
}

TEST(AttestCheck, RejectsMalformedFiles)
{
    const std::string good = certificate_file(point_sample()).dump();
    const std::vector<std::string> bad = {
        "",
        "[]",
        "null",
        "\xff\xfe",
        std::string(1'000'000, '['),
        R"({"format": "attest-certificate/1", "format": "attest-certificate/1", )" + good.substr(1),
        R"({"extra": 1, )" + good.substr(1),
        R"({"format": "attest-certificate/2", "claim": "x", "certificate": {"kind": "point"}})",
        R"({"format": "attest-certificate/1", "claim": "x", "certificate": "point"})",
        R"({"format": "attest-certificate/1", "claim": 7, "certificate": {"kind": "point"}})",
        good + good};
    const TemporaryFolder folder;
    for (const std::string& text : bad) {
        const check::Outcome outcome = check::check_file(folder.file("bad.json", text), 60);
        EXPECT_FALSE(outcome.accepted) << text.substr(0, 100);
        EXPECT_EQ(outcome.why.find('\n'), std::string::npos) << outcome.why;
    }
}

TEST(AttestCheck, StopsAtTheFirstRejectionUnlessToldOtherwise)
{
    const TemporaryFolder folder;
    CertificateJson wrong = point_sample();
    wrong["relation"] = "<";
    folder.file("a.json", certificate_file(point_sample()).dump());
    folder.file("b.json", certificate_file(wrong).dump());
    folder.file("c.json", certificate_file(wrong).dump());
    const Outcome first = run_check({"."}, folder);
    EXPECT_EQ(first.status, 1);
    EXPECT_NE(first.out.find("1 accepted, 1 rejected"), std::string::npos) << first.out;
    const Outcome all = run_check({".", "--keep-going", "--quiet"}, folder);
    EXPECT_EQ(all.status, 1);
    EXPECT_NE(all.out.find("1 accepted, 2 rejected"), std::string::npos) << all.out;
    EXPECT_EQ(all.out.find("a.json"), std::string::npos) << all.out;
    EXPECT_EQ(run_check({"a.json"}, folder).status, 0);
}

TEST(AttestCheck, UndecidedInTimeIsNotAccepted)
{
    CertificateJson endless = cover_sample(1);
    endless["formula"] = "x^2 - 2*x*y + y^2";
    endless["relation"] = ">=";
    endless["splits"] = 60;
    const TemporaryFolder folder;
    folder.file("a.json", certificate_file(endless).dump());
    const Outcome outcome = run_check({".", "--limit-seconds", "1"}, folder);
    EXPECT_EQ(outcome.status, 1);
    EXPECT_NE(outcome.out.find("rejected a.json"), std::string::npos) << outcome.out;
}

TEST(AttestCheck, WrongUseIsStatusTwo)
{
    const TemporaryFolder folder;
    folder.file("a.json", certificate_file(point_sample()).dump());
    const TemporaryFolder empty;
    const std::vector<std::vector<std::string>> wrong = {{},
                                                         {"nowhere"},
                                                         {empty.path().string()},
                                                         {".", "--threads", "0"},
                                                         {".", "--x"},
                                                         {".", "--json"},
                                                         {".", "a.json"},
                                                         {".", "--limit-seconds", "1e9"},
                                                         {".", "--json", "/nowhere/x.json"}};
    for (const auto& arguments : wrong) {
        const Outcome outcome = run_check(arguments, folder);
        EXPECT_EQ(outcome.status, 2) << as_typed(arguments);
        EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    }
    EXPECT_EQ(run_check({"--version"}, folder).status, 0);
    EXPECT_EQ(run_check({"--help"}, folder).status, 0);
}

// --- single numbers changed so that the certificate is certainly false --------------------------

int random_in(int low, int high)
{
    return *rc::gen::inRange(low, high + 1);
}

RC_GTEST_PROP(AttestCheckProperties, AHoleInACoverIsFound, ())
{
    const int side = random_in(1, 6);
    CertificateJson cover = cover_sample(side);
    CertificateJson& box = cover["boxes"][static_cast<std::size_t>(random_in(0, side * side - 1))];
    CertificateJson& range = box[static_cast<std::size_t>(random_in(0, 1))];
    // One end moves inwards by some part of the width; no other box reaches there.
    const mpq_class lo = check::number(range[0]);
    const mpq_class hi = check::number(range[1]);
    const mpq_class moved = lo + (hi - lo) * random_in(1, 99999) / 100000;
    range[static_cast<std::size_t>(random_in(0, 1))] = moved.get_str();
    RC_ASSERT(!judged(cover).accepted);
}

RC_GTEST_PROP(AttestCheckProperties, AFalseSignIsFound, ())
{
    CertificateJson cover = cover_sample(random_in(1, 3));
    cover["splits"] = 4;
    cover["formula"] = "x^2 - 2*x*y + y^2 - 1/" + std::to_string(random_in(1, 1'000'000));
    RC_ASSERT(!judged(cover).accepted);
}

RC_GTEST_PROP(AttestCheckProperties, AMovedEnclosureOfAnIntegralIsFound, ())
{
    CertificateJson integral = integral_sample();
    // The enclosure has width 10^-18 and moves by more than that.
    const mpq_class shift = mpq_class(random_in(1, 1'000'000)) / mpq_class("500000000000000000")
                            * (random_in(0, 1) == 0 ? 1 : -1);
    for (auto& end : integral["enclosure"]) {
        end = mpq_class(check::number(end) + shift).get_str();
    }
    RC_ASSERT(!judged(integral).accepted);
}

RC_GTEST_PROP(AttestCheckProperties, AFalseTubeIsFound, ())
{
    CertificateJson tube = tube_sample();
    CertificateJson& step = tube["steps"][static_cast<std::size_t>(random_in(0, 1))];
    const auto coordinate = static_cast<std::size_t>(random_in(0, 1));
    const mpq_class part = mpq_class(random_in(1, 1'000'000)) / 1'000'000;
    if (random_in(0, 1) == 0) { // the exact radius is 1/1000
        step["radius"][coordinate] = mpq_class(part * mpq_class(999'999, 1'000'000'000)).get_str();
    } else { // the room is 2e-9
        mpq_class center = check::number(step["center"][coordinate]);
        center += (part / 10 + mpq_class(1, 100'000'000)) * (random_in(0, 1) == 0 ? 1 : -1);
        step["center"][coordinate] = center.get_str();
    }
    RC_ASSERT(!judged(tube).accepted);
}

} // namespace
} // namespace attest::testing
