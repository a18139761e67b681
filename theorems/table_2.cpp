// Table 2: speed factors s_j and magnitude equations r_j', derived from the continuous column of
// Table 1 by x_j = r_j theta_j.
#include "theorems/particle_claims.hpp"
#include "theorems/units.hpp"

namespace attest::theorems {
namespace {

Statement speed_statement(std::string_view scheme, const Expr& s)
{
    Statement statement;
    statement.latex =
        "\\dot\\theta_j = \\frac{1}{s_j}\\,P_{\\theta_j} A_j(\\Theta), \\quad s_j = " + s.latex();
    statement.formulas = {{"s", s}};
    statement.words = {{"scheme", std::string(scheme)}};
    return statement;
}

Statement magnitude_statement(std::string_view scheme, const Expr& r_dot)
{
    Statement statement;
    statement.latex = "\\dot r_j = " + r_dot.latex();
    statement.formulas = {{std::string(scheme), r_dot}};
    return statement;
}

/// Near misses of s, and factors that it does not have.
std::vector<Fault> speed_faults(const Statement& statement)
{
    std::vector<Fault> faults = faults_of(statement, "s");
    const Expr s = statement.formulas.at("s");
    faults.push_back(fault("twice s_j", statement, "s", 2 * s));
    faults.push_back(fault("-s_j", statement, "s", -s));
    faults.push_back(fault("s_j |A_j|", statement, "s", s * sym("normA")));
    faults.push_back(fault("s_j (t + 2)", statement, "s", s * (sym("t") + 2)));
    return faults;
}

template <class S>
void add_speed_factor(ledger::Registry& registry, const std::string& id)
{
    Claim claim;
    claim.id = id;
    claim.printed = speed_statement(S::name, tidy(S::speed_factor(symbolic_token())));
    claim.check = check_speed_factor;
    claim.faults = speed_faults(claim.printed);
    claim.witness = orthonormal_witness;
    registry.add(std::move(claim));
}

template <class S>
void add_r_dot(ledger::Registry& registry, const std::string& id)
{
    Claim claim;
    claim.id = id;
    const std::string name(S::name);
    claim.printed = magnitude_statement(name, tidy(S::r_dot(symbolic_token())));
    claim.check = check_magnitudes;
    claim.faults = faults_of(claim.printed, name);
    const Expr norm_A = sym("normA");
    claim.faults.push_back(fault("|A_j| instead of its radial part", claim.printed, name, norm_A));
    claim.faults.push_back(fault("constant magnitude", claim.printed, name, Expr(0)));
    claim.faults.push_back(fault("divided by |A_j|^2", claim.printed, name,
                                 tidy(S::r_dot(symbolic_token())) / pow(norm_A, 2)));
    claim.witness = orthonormal_witness;
    registry.add(std::move(claim));
}

} // namespace

void add_table_2(ledger::Registry& registry)
{
    using namespace model;
    add_speed_factor<PostLN>(registry, "table2/post-ln/speed-factor");
    add_speed_factor<PreLN>(registry, "table2/pre-ln/speed-factor");
    add_speed_factor<MixLN>(registry, "table2/mix-ln/speed-factor");
    add_speed_factor<PeriLN>(registry, "table2/peri-ln/speed-factor");
    add_speed_factor<SqrtScaling>(registry, "table2/sqrt-scaling/speed-factor");

    Claim ngpt;
    ngpt.id = "table2/ngpt/speed-factor";
    ngpt.printed = speed_statement(NGPT::name, NGPT::speed_factor(symbolic_token()));
    ngpt.check = check_speed_factor;
    ngpt.faults = speed_faults(ngpt.printed);
    ngpt.faults.push_back(fault("alpha_t = 0 allowed", ngpt.printed, "alpha", "real"));
    ngpt.witness = orthonormal_witness;
    ngpt.depends_on = {"table1/ngpt/alpha-domain"};
    ngpt.note =
        "where alpha_t^{-1} is defined, that is for alpha_t != 0; that Table 1 allows every real "
        "alpha_t is the finding of table1/ngpt/alpha-domain";
    registry.add(std::move(ngpt));

    Claim spherical;
    spherical.id = "table2/spherical/r-dot";
    const auto token = symbolic_token();
    spherical.printed.latex = "\\dot r_j = 0 \\quad\\text{(Post-LN, nGPT, sqrt-scaling)}";
    spherical.printed.formulas = {{std::string(PostLN::name), PostLN::r_dot(token)},
                                  {std::string(NGPT::name), NGPT::r_dot(token)},
                                  {std::string(SqrtScaling::name), SqrtScaling::r_dot(token)}};
    spherical.check = check_magnitudes;
    for (const auto& [scheme, formula] : spherical.printed.formulas) {
        for (Fault& miss : faults_of(spherical.printed, scheme)) {
            miss.change = scheme + ": " + miss.change;
            spherical.faults.push_back(std::move(miss));
        }
        spherical.faults.push_back(
            fault(scheme + ": radial part of A_j kept", spherical.printed, scheme, token.theta_A));
    }
    Fault extended =
        fault("claimed for Peri-LN too", spherical.printed, std::string(PeriLN::name), Expr(0));
    spherical.faults.push_back(std::move(extended));
    spherical.witness = orthonormal_witness;
    registry.add(std::move(spherical));

    add_r_dot<PreLN>(registry, "table2/pre-ln/r-dot");
    add_r_dot<MixLN>(registry, "table2/mix-ln/r-dot");
    add_r_dot<PeriLN>(registry, "table2/peri-ln/r-dot");
}

} // namespace attest::theorems
