// One run in every format, each read by a program that is made for it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/test_kept_run.h"
#include "harness/process/child_process.h"

namespace timewait {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// What a program makes of `arguments`. It must be installed: a format that nobody read is not
/// tested.
CommandResult read_with(const std::string& package, const std::vector<std::string>& command) {
  if (!find_program(command.front()))
    throw Error(command.front() + " is not installed; run scripts/setup, or apt-get install " +
                package);
  return run_command(command);
}

TEST(ExportedFormats, AreNotTakenForReadWhereTheirReaderIsMissing) {
  try {
    read_with("package", {"no-such-reader"});
    FAIL() << "nothing was missing";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "no-such-reader is not installed; run scripts/setup, or apt-get install package");
  }
}

TEST(ExportedFormats, AreOfOneRunWithAllVerdicts) {
  const CommandResult text = KeptRun(kAllVerdicts).report("text", {"LC_ALL=C"});
  EXPECT_EQ(text.end.number, kFail);
  EXPECT_THAT(text.output, HasSubstr("\n5 cells: + 1 pass, X 1 fail, ? 1 inconclusive, - 1 skip, "
                                     "! 1 error;"));
}

TEST(ExportedFormats, AreNamedToWhoeverAsksForAnother) {
  for (const char* command : {"run", "report"}) {
    const auto result = run_timewait({command, ".", "--format", "xml"});
    EXPECT_EQ(result.end.number, kBadUsage);
    EXPECT_THAT(result.errors, HasSubstr("--format: xml not in {text,json,markdown,csv,junit,tap"));
  }
}

CommandResult check_with_schema(const std::string& file) {
  const std::string schema = std::string(TIMEWAIT_SOURCE_DIR) + "/harness/export/junit.xsd";
  return read_with("libxml2-utils", {"xmllint", "--noout", "--schema", schema, file});
}

TEST(ExportedFormats, JunitIsValid) {
  for (const bool verdicts : {false, kAllVerdicts}) {
    const KeptRun run(verdicts);
    const auto result = check_with_schema(run.file("junit"));
    EXPECT_EQ(result.end.number, 0) << result.errors;
  }
}

TEST(ExportedFormats, JunitThatDoesNotFollowTheSchemaIsFound) {
  const KeptRun run(kAllVerdicts);
  std::string text = run.report("junit").output;
  const std::string type = "type=\"inconclusive\"";
  ASSERT_NE(text.find(type), std::string::npos);
  text.replace(text.find(type), type.size(), "type=\"whatever\"");
  const TemporaryFolder folder;
  const auto result = check_with_schema(folder.write("wrong.xml", text));
  EXPECT_NE(result.end.number, 0);
  EXPECT_THAT(result.errors, HasSubstr("'whatever' is not an element of the set"));
}

TEST(ExportedFormats, JunitHasAnElementForEachVerdict) {
  const struct {
    const char* path;
    const char* value;
  } rows[] = {
      {"count(//testcase)", "5"},
      {"count(//testcase[not(*)])", "1"},
      {"string(//testcase[@classname='theme.fails']/failure/@type)", "fail"},
      {"string(//testcase[@classname='theme.proves-nothing']/error/@type)", "inconclusive"},
      {"string(//testcase[@classname='theme.breaks']/error/@type)", "error"},
      {"count(//testcase[@classname='theme.skipped']/skipped)", "1"},
      {"string(/testsuites/@errors)", "2"},
  };
  const KeptRun run(kAllVerdicts);
  for (const auto& row : rows) {
    const auto result =
        read_with("libxml2-utils", {"xmllint", "--xpath", row.path, run.file("junit")});
    EXPECT_EQ(result.output, std::string(row.value) + "\n") << row.path << result.errors;
  }
}

TEST(ExportedFormats, TapPassesWhereAllCellsPass) {
  const KeptRun run(false);
  const auto result = read_with("perl", {"prove", "--exec", "cat", run.file("tap")});
  EXPECT_EQ(result.end.number, 0) << result.output << result.errors;
  EXPECT_THAT(result.output, EndsWith("Result: PASS\n"));
}

TEST(ExportedFormats, TapFailsForEverythingButPassAndSkip) {
  const KeptRun run(kAllVerdicts);
  const auto result = read_with("perl", {"prove", "--exec", "cat", run.file("tap")});
  EXPECT_NE(result.end.number, 0);
  EXPECT_THAT(result.output, AllOf(HasSubstr("Failed tests:  2-4\n"), HasSubstr("Tests: 5 "),
                                   EndsWith("Result: FAIL\n")));
  EXPECT_THAT(result.output + result.errors, Not(HasSubstr("Parse errors")));
}

TEST(ExportedFormats, TapHasBlocksThatPerlReads) {
  constexpr const char* kPrintBlocks = R"(
    my $parser = TAP::Parser->new({exec => ["cat", $ARGV[0]]});
    while (my $one = $parser->next) {
      print "skipped: ", $one->explanation, "\n" if $one->is_test && $one->has_skip;
      next unless $one->is_yaml;
      my $block = $one->data;
      my @ladder = split /\n/, $block->{ladder};
      print "$block->{verdict}: $block->{expected}, ", $block->{got} // "nothing", "; $ladder[0]\n";
    })";
  const KeptRun run(kAllVerdicts);
  const auto result =
      read_with("perl", {"perl", "-MTAP::Parser", "-e", kPrintBlocks, run.file("tap")});
  EXPECT_EQ(result.end.number, 0) << result.errors;
  EXPECT_THAT(result.output, StartsWith("fail: bind:EADDRINUSE, bound; fails\n"
                                        "inconclusive: bound, bound; proves-nothing\n"
                                        "error: bound, nothing; breaks\nskipped: "));
}

/// Reads the table with Python and holds it against the records: every field must come back.
constexpr const char* kReadCsv = R"(
import csv, json, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8", newline=""), strict=True))
records = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
def kept(text):
    text = "".join(c if c == "\n" or ord(c) >= 32 else "\ufffd" for c in text or "")
    return "'" + text if text[:1] in tuple("=+-@") and len(text) > 1 else text
for row, record in zip(rows, records, strict=True):
    for name in ("theme", "scenario", "verdict", "reason", "outcome", "expected", "isolation"):
        assert row[name] == kept(record[name]), (name, row[name], record[name])
    assert float(row["duration_ms"]) == round(record["duration_ns"] / 1e6, 3)
    assert not any((field[:1] or " ") in "=+@" for field in row.values()), row
print(len(rows), len(rows[0]))
)";

TEST(ExportedFormats, CsvComesBackAsItWas) {
  const KeptRun run(kAllVerdicts);
  const auto result = read_with(
      "python3", {"python3", "-c", kReadCsv, run.file("csv"), run.out() + "/records.jsonl"});
  EXPECT_EQ(result.end.number, 0) << result.errors;
  EXPECT_EQ(result.output, "5 15\n");
}

TEST(ExportedFormats, JsonComesBackAsItWas) {
  constexpr const char* kReadJson = R"(
import json, sys
run = json.load(open(sys.argv[1], encoding="utf-8"))
records = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
assert run["records"] == records
print(run["run"]["totals"])
)";
  const KeptRun run(kAllVerdicts);
  const auto result = read_with(
      "python3", {"python3", "-c", kReadJson, run.file("json"), run.out() + "/records.jsonl"});
  EXPECT_EQ(result.end.number, 0) << result.errors;
  EXPECT_EQ(result.output, "{'error': 1, 'fail': 1, 'inconclusive': 1, 'pass': 1, 'skip': 1}\n");
}

/// The page as GitHub's own renderer makes it.
std::string rendered(const std::string& file) {
  const auto result =
      read_with("cmark-gfm", {"cmark-gfm", "--unsafe", "-e", "table", "-e", "strikethrough", file});
  EXPECT_EQ(result.end.number, 0) << result.errors;
  return result.output;
}

TEST(ExportedFormats, MarkdownIsAPageOfTables) {
  const TemporaryFolder folder;
  ASSERT_EQ(run_timewait({"run", "server-closes-first", "--out", folder.path()}).end.number, 0);
  const auto markdown = run_timewait({"report", folder.path(), "--format", "markdown"});
  const std::string html = rendered(folder.write("page.md", markdown.output));
  EXPECT_THAT(html, HasSubstr("<h3>The server closes first</h3>\n"));
  EXPECT_THAT(html, HasSubstr("<table>\n<thead>\n<tr>\n<th>first \\ rebind</th>\n<th>plain</th>\n"
                              "<th>reuseaddr</th>\n<th>reuseport</th>\n<th>both</th>\n</tr>\n"));
  EXPECT_THAT(html, HasSubstr("<tr>\n<td>reuseaddr</td>\n<td>✓ <code>EADDRINUSE</code></td>\n"
                              "<td>✓ <code>bound</code></td>\n"));
}

TEST(ExportedFormats, MarkdownShowsReasonsAndLaddersAsTheyAre) {
  const std::string html = rendered(KeptRun(kAllVerdicts).file("markdown"));
  EXPECT_THAT(html, HasSubstr("<p>✗ <strong>fail</strong> <code>fails/-</code>: expected "
                              "bind:EADDRINUSE, got bound</p>\n<details>"));
  EXPECT_THAT(html, HasSubstr("<pre><code class=\"language-text\">fails\nA test\n\n"));
  const std::string nasty =
      "=1+1, &quot;q&quot; | `tick` ``` &lt;b&gt;&amp;amp;&lt;/b&gt; ]]&gt; # TODO \\ % a:b  not "
      "ok 9  [2J 你";
  EXPECT_THAT(html, HasSubstr("<h3>" + nasty + "</h3>\n"));
  EXPECT_THAT(html, HasSubstr("<code>skipped/-</code>: " + nasty + "</p>\n"));
}

}  // namespace
}  // namespace timewait
