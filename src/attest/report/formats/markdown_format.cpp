#include "attest/report/file.hpp"
#include "attest/report/format.hpp"
#include "attest/report/limit_plots.hpp"
#include "attest/report/markdown.hpp"
#include "attest/report/proofs.hpp"
#include "attest/report/svg.hpp"

namespace attest::report {

Format markdown_format()
{
    return {
        "md",
        "report.md with claims.md, errata.md, proofs.md and figures as SVG, to be read on a forge",
        [](const ledger::Results& results, const std::filesystem::path& folder) {
            std::vector<Written> files;
            const auto put = [&](const std::filesystem::path& name, const std::string& text) {
                write_file(folder / name, text);
                files.push_back({"md", folder / name, true, ""});
            };
            for (const ledger::Figure& figure : all_figures(results)) {
                put(std::filesystem::path("figures") / (figure.id + ".svg"), to_svg(figure));
            }
            for (const Proofs& proof : proofs(results)) {
                put(std::filesystem::path("figures") / (proof.stem + ".svg"), proof_svg(proof));
            }
            put("proofs.md", proof_lists_markdown(results));
            put("claims.md", claims_markdown(results));
            put("errata.md", errata_markdown(results));
            put("report.md", to_markdown(results));
            return files;
        }};
}

} // namespace attest::report
