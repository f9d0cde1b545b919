package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.Tarn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the guide as somebody does who types its commands: times, instants, positions, durations, sizes and widths of columns
 * differ, all else is as shown. What a command printed in place of a shown time, instant or position is typed in its place
 * afterwards. An ellipsis stands for any text, and alone in a line for any lines.
 */
final class GuideReader {
    private static final String REMEMBERED =
            "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z?|\\b20\\d{15}\\b|\\b[0-9A-F]{1,8}/[0-9A-F]{2,8}\\b";
    private static final String MEASURED =
            "\\b\\d+(?:\\.\\d+)?(?:ms|s)\\b|\\b\\d+m\\d\\ds\\b|\\b[\\d.,]+ (?:B|[KM]iB)\\b"
                    + "|\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-\\d+_\\d+-\\d+-\\d+(?:_20\\d{15})?";
    /** What is said while somebody waits, if it takes long enough. */
    private static final String PROGRESS = "\\S.* \\(\\d+ s\\)|publishing: [\\d,]+ events, \\d+ % of the file is read";

    private static final Pattern TOKEN =
            Pattern.compile("(" + REMEMBERED + ")|(" + MEASURED + ")|(\\s+)|(…)" + "|(\\b\\d[\\d,]*(?:\\.\\d+)?\\b)");

    private final Map<String, String> meanings = new LinkedHashMap<>();

    /** Types an example in a lake, and fails unless the lake answers as shown; what follows from a change may take its time. */
    void check(GuideExample example, Lake lake) {
        if (example.onlyAsks()) {
            // A lake follows its source a second behind; raw objects are finished after a minute.
            await().atMost(Duration.ofMinutes(4)).untilAsserted(() -> checkOnce(example, lake));
        } else {
            checkOnce(example, lake);
        }
    }

    private void checkOnce(GuideExample example, Lake lake) {
        Tarn.Result result = lake.run(example.words().stream().map(this::typed).toArray(String[]::new));
        List<String> lines = Stream.of(result.out(), result.err())
                .flatMap(text -> text.stripTrailing().lines())
                .filter(line -> !line.matches(PROGRESS))
                .toList();
        assertThat(matches(example, lines))
                .as(() -> example.place() + ": '" + example.command() + "' shows\n" + String.join("\n", example.shown())
                        + "\nbut the lake says\n" + String.join("\n", lines))
                .isTrue();
    }

    /** A shown word as it is typed now. */
    String typed(String word) {
        String typed = word;
        for (Map.Entry<String, String> meaning : meanings.entrySet()) {
            typed = typed.replace(meaning.getKey(), meaning.getValue());
        }
        return typed;
    }

    /** Whether these lines are what the guide shows; if so, what they say in place of times and the like is kept. */
    boolean matches(GuideExample example, List<String> lines) {
        Map<String, String> found = new LinkedHashMap<>();
        boolean same = new Page(example.countsVary()).matches(example.shown(), lines, found);
        if (same) {
            meanings.putAll(found);
        }
        return same;
    }

    /** @param countsVary whether numbers of files, bytes and rows may be others */
    private record Page(boolean countsVary) {
        boolean matches(List<String> shown, List<String> lines, Map<String, String> found) {
            if (shown.isEmpty()) {
                return lines.isEmpty();
            }
            List<String> rest = shown.subList(1, shown.size());
            if (shown.get(0).strip().equals("…")) {
                for (int skipped = 0; skipped <= lines.size(); skipped++) {
                    Map<String, String> tried = new LinkedHashMap<>(found);
                    if (matches(rest, lines.subList(skipped, lines.size()), tried)) {
                        found.putAll(tried);
                        return true;
                    }
                }
                return false;
            }
            return !lines.isEmpty()
                    && line(shown.get(0), lines.get(0), found)
                    && matches(rest, lines.subList(1, lines.size()), found);
        }

        private boolean line(String shown, String line, Map<String, String> found) {
            List<String> remembered = new ArrayList<>();
            StringBuilder pattern = new StringBuilder();
            Matcher tokens = TOKEN.matcher(shown.stripTrailing());
            int end = 0;
            while (tokens.find()) {
                pattern.append(Pattern.quote(shown.substring(end, tokens.start())));
                pattern.append(pattern(tokens, remembered));
                end = tokens.end();
            }
            pattern.append(Pattern.quote(shown.stripTrailing().substring(end)));
            Matcher match = Pattern.compile(pattern.toString()).matcher(line.stripTrailing());
            if (!match.matches()) {
                return false;
            }
            for (int i = 0; i < remembered.size(); i++) {
                found.put(remembered.get(i), match.group(i + 1));
            }
            return true;
        }

        private String pattern(MatchResult token, List<String> remembered) {
            if (token.group(1) != null) {
                remembered.add(token.group(1));
                return "(" + REMEMBERED + ")";
            }
            if (token.group(2) != null) {
                return "(?:" + MEASURED + ")";
            }
            if (token.group(3) != null) {
                return "\\s+";
            }
            if (token.group(4) != null) {
                return ".*";
            }
            return countsVary ? "[\\d,.]+" : Pattern.quote(token.group(5));
        }
    }
}
