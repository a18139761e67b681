#include "attest/report/file.hpp"
#include "attest/report/json.hpp"
#include "tests/report_sample.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>

namespace {

using namespace attest;
using nlohmann::json;

class Validator {
public:
    Validator()
    {
        const json text = json::parse(
            report::read_file(sample::source_folder() / "docs" / "results.schema.json"));
        const valijson::adapters::NlohmannJsonAdapter adapter(text);
        valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(adapter, schema_);
    }
    bool accepts(const json& document)
    {
        const valijson::adapters::NlohmannJsonAdapter target(document);
        return valijson::Validator().validate(schema_, target, nullptr);
    }

private:
    valijson::Schema schema_;
};

bool reader_accepts(const json& document)
{
    try {
        report::from_json(document.dump(), "test.json");
        return true;
    } catch (const InputError&) {
        return false;
    }
}

std::string message_of(const std::string& text)
{
    try {
        report::from_json(text, "test.json");
    } catch (const InputError& error) {
        return error.what();
    }
    return "accepted";
}

using Change = std::function<void(json&)>;

json& plot_of(json& document)
{
    return document["claims"][0]["as_stated"]["evidence"][1]["plots"][0];
}

// Changes that both the schema and the reader must refuse.
const std::vector<std::pair<const char*, Change>>& refused_changes()
{
    static const std::vector<std::pair<const char*, Change>> changes = {
        {"no schema", [](json& d) { d.erase("schema"); }},
        {"other schema", [](json& d) { d["schema"] = "attest-results/2"; }},
        {"no claims", [](json& d) { d.erase("claims"); }},
        {"unknown field", [](json& d) { d["extra"] = 1; }},
        {"unknown field of a claim", [](json& d) { d["claims"][0]["colour"] = "red"; }},
        {"verdict by hand", [](json& d) { d["claims"][0]["as_stated"]["verdict"] = "true"; }},
        {"verdict missing", [](json& d) { d["claims"][0]["as_stated"].erase("verdict"); }},
        {"strength wrong", [](json& d) { d["claims"][0]["as_stated"]["strength"] = "sure"; }},
        {"scope a word", [](json& d) { d["claims"][0]["as_stated"]["scope"] = "all"; }},
        {"slack NaN", [](json& d) { d["claims"][0]["as_stated"]["slack"][0] = "nan"; }},
        {"slack a double", [](json& d) { d["claims"][0]["as_stated"]["slack"][0] = 0.5; }},
        {"slack one end", [](json& d) { d["claims"][0]["as_stated"]["slack"] = {"1"}; }},
        {"slack three ends",
         [](json& d) {
             d["claims"][0]["as_stated"]["slack"] = {"1", "2", "3"};
         }},
        {"digits negative", [](json& d) { d["claims"][0]["as_stated"]["digits"] = -1; }},
        {"digits fractional", [](json& d) { d["claims"][0]["as_stated"]["digits"] = 1.5; }},
        {"outcome a bool",
         [](json& d) { d["claims"][0]["as_stated"]["evidence"][0]["outcome"] = true; }},
        {"amended without statement",
         [](json& d) { d["claims"][1]["amended"].erase("statement"); }},
        {"id a number", [](json& d) { d["claims"][0]["id"] = 7; }},
        {"seconds NaN", [](json& d) { d["claims"][0]["seconds"] = nullptr; }},
        {"seconds negative", [](json& d) { d["run"]["seconds"] = -1; }},
        {"seed negative", [](json& d) { d["run"]["seed"] = -1; }},
        {"seed a word", [](json& d) { d["run"]["seed"] = "0x12"; }},
        {"faults negative", [](json& d) { d["claims"][0]["controls"]["caught"] = -2; }},
        {"constant NaN", [](json& d) { d["constants"][0]["mid"] = "nan"; }},
        {"constant infinite", [](json& d) { d["constants"][0]["rad"] = "inf"; }},
        {"division by zero", [](json& d) { d["constants"][0]["rad"] = "1/00"; }},
        {"figure path", [](json& d) { d["figures"][0]["id"] = "../../etc/passwd"; }},
        {"curve NaN", [](json& d) { d["figures"][0]["panels"][0]["curves"][0]["x"][3] = nullptr; }},
        {"curve text", [](json& d) { d["figures"][0]["panels"][0]["curves"][0]["y"][0] = "1"; }},
        {"limit NaN", [](json& d) { plot_of(d)["limit"] = "nan"; }},
        {"limit a double", [](json& d) { plot_of(d)["limit"] = 1.0; }},
        {"limit missing", [](json& d) { plot_of(d).erase("limit"); }},
        {"course infinite", [](json& d) { plot_of(d)["courses"][0]["hi"][1] = "inf"; }},
        {"limit a fraction", [](json& d) { plot_of(d)["limit"] = "1/3"; }},
        {"course a fraction", [](json& d) { plot_of(d)["courses"][0]["lo"][1] = "1/3"; }},
        {"course a double", [](json& d) { plot_of(d)["courses"][0]["x"][0] = 0.5; }},
        {"course without lo", [](json& d) { plot_of(d)["courses"][0].erase("lo"); }},
        {"plot with a title", [](json& d) { plot_of(d)["title"] = "ratio"; }},
        {"log a word", [](json& d) { d["figures"][0]["panels"][0]["log_x"] = "yes"; }},
    };
    return changes;
}

TEST(ResultsSchema, AcceptsWhatIsWritten)
{
    Validator validator;
    EXPECT_TRUE(validator.accepts(json::parse(report::to_json(sample::small_results()))));
    EXPECT_TRUE(validator.accepts(json::parse(report::to_json(sample::inventory_results()))));
    EXPECT_TRUE(validator.accepts(json::parse(report::to_json({}))));
}

TEST(ResultsSchema, RefusesEveryChange)
{
    Validator validator;
    const json good = json::parse(report::to_json(sample::small_results()));
    for (const auto& [name, change] : refused_changes()) {
        json bad = good;
        change(bad);
        EXPECT_FALSE(validator.accepts(bad)) << name;
    }
}

TEST(ResultsReader, RefusesEveryChange)
{
    const json good = json::parse(report::to_json(sample::small_results()));
    ASSERT_TRUE(reader_accepts(good));
    for (const auto& [name, change] : refused_changes()) {
        json bad = good;
        change(bad);
        EXPECT_FALSE(reader_accepts(bad)) << name;
    }
}

// What a schema of draft 7 cannot say.
TEST(ResultsReader, RefusesWhatOnlyItCanSee)
{
    const json good = json::parse(report::to_json(sample::small_results()));
    const std::vector<std::pair<const char*, Change>> changes = {
        {"id twice", [](json& d) { d["claims"][1]["id"] = d["claims"][0]["id"]; }},
        {"more caught than planted", [](json& d) { d["claims"][0]["controls"]["caught"] = 99; }},
        {"course of unequal lengths",
         [](json& d) { plot_of(d)["courses"][1]["lo"].push_back("1"); }},
        {"curve of unequal lengths",
         [](json& d) { d["figures"][0]["panels"][0]["curves"][0]["x"].push_back(1); }},
    };
    for (const auto& [name, change] : changes) {
        json bad = good;
        change(bad);
        EXPECT_FALSE(reader_accepts(bad)) << name;
    }
}

TEST(ResultsReader, NamesFileAndPlaceInOneLine)
{
    json bad = json::parse(report::to_json(sample::small_results()));
    bad["claims"][1]["amended"]["verdict"] = "certainly\ntrue";
    const std::string message = message_of(bad.dump());
    EXPECT_NE(message.find("test.json: claims[1].amended.verdict: "), std::string::npos) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
}

TEST(ResultsReader, NamesLineOfMalformedText)
{
    const std::string text = report::to_json(sample::small_results());
    for (const std::string& broken :
         {std::string(), text.substr(0, text.size() / 2), text + "x", std::string("{\"a\": NaN}"),
          std::string("{\"a\": 1e999}"), std::string("\xff\xfe"), std::string(100000, '[')}) {
        const std::string message = message_of(broken);
        EXPECT_NE(message.find("test.json: malformed JSON: "), std::string::npos) << message;
        EXPECT_EQ(message.find('\n'), std::string::npos);
        EXPECT_LT(message.size(), 400U);
    }
    EXPECT_NE(message_of("{\n\"a\": [1,\n 2,, 3]}").find("line 3"), std::string::npos);
}

TEST(ResultsReader, RefusesFieldGivenTwice)
{
    const std::string message = message_of("{\"schema\": 1, \"schema\": 2}");
    EXPECT_EQ(message, "test.json: field 'schema' is given twice in one object");
}

TEST(ResultsWriter, RefusesWhatTheFormatForbids)
{
    ledger::Results results = sample::small_results();
    results.figures[0].panels[0].curves[0].y[5] = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THROW(report::to_json(results), std::logic_error);
    results = sample::small_results();
    results.claims[0].as_stated.slack->lo = "nan";
    EXPECT_THROW(report::to_json(results), std::logic_error);
    results = sample::small_results();
    results.claims[0].as_stated.evidence[1].plots[0].courses[0].hi.pop_back();
    EXPECT_THROW(report::to_json(results), std::logic_error);
    results = sample::small_results();
    results.claims[0].as_stated.evidence[1].plots[0].courses[0].x[0] = "now";
    EXPECT_THROW(report::to_json(results), std::logic_error);
    results = sample::small_results();
    results.claims.push_back(results.claims[0]);
    EXPECT_THROW(report::to_json(results), std::logic_error);
    results = sample::small_results();
    results.claims[0].note = "\xff";
    EXPECT_THROW(report::to_json(results), std::logic_error);
}

TEST(ResultsNumbers, KnowsItsNumbers)
{
    for (const char* word : {"0", "-1", "+1.5", "1e-33", "-2.5E+7", "1/3", "007"}) {
        EXPECT_TRUE(report::is_number(word)) << word;
    }
    for (const char* word : {"", "-", ".5", "1.", "nan", "inf", "1e", "1/0", "1/", "0x1", " 1",
                             "1 ", "1.2.3", "--1"}) {
        EXPECT_FALSE(report::is_number(word)) << word;
    }
    EXPECT_TRUE(report::is_number_or_infinity("-inf"));
    EXPECT_FALSE(report::is_number_or_infinity("nan"));
}

} // namespace
