package dev.tarn.testing.product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of the guide with what it prints: a line {@code $ tarn …} in a fenced block, and the lines up to the next one.
 *
 * @param place page and line
 * @param command after the dollar sign
 * @param shown lines, without empty ones at the end
 */
record GuideExample(String place, String command, List<String> shown) {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    GuideExample {
        shown = List.copyOf(shown);
    }

    /** All of a page, in their order. */
    static List<GuideExample> of(Path page) throws IOException {
        List<GuideExample> examples = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("$ tarn ")) {
                int end = i + 1;
                while (!lines.get(end).startsWith("$ ") && !lines.get(end).startsWith("```")) {
                    end++;
                }
                int last = end;
                while (last > i + 1 && lines.get(last - 1).isBlank()) {
                    last--;
                }
                examples.add(new GuideExample(
                        page.getFileName() + ":" + (i + 1), lines.get(i).substring(2), lines.subList(i + 1, last)));
            }
        }
        return examples;
    }

    /** The words after {@code tarn}, as a shell takes them. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(command.substring("tarn ".length()));
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words;
    }

    /** Whether it prints how many files, logs and commits there happen to be. */
    boolean countsVary() {
        return command.matches("tarn table (list|show|files|timeline|stats|clean|compact|savepoints?)\\b.*");
    }

    /** Whether running it once more does no harm. */
    boolean onlyAsks() {
        return !command.matches(
                        "tarn (source exec|replay|schema register|stream (start|stop|run)|table (compact|clean|savepoint|rollback)) .*")
                || command.contains("--dry-run")
                || command.contains("--batch");
    }
}
