package dev.tarn.processes.topics.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.processes.topics.kafka.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowFileTest {
    @TempDir
    Path folder;

    private RowFile open(String content) throws IOException {
        return open(content, null);
    }

    private RowFile open(String content, @Nullable Character delimiter) throws IOException {
        Path file = Files.writeString(folder.resolve("f.csv"), content);
        return RowFile.open(file, "f.csv", delimiter, "use");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "|", ";", "\t"})
    void delimiterIsGuessedFromTheHeading(String delimiter) throws IOException {
        try (RowFile file = open("a,b".replace(",", delimiter) + "\n" + "1,2".replace(",", delimiter) + "\n")) {
            assertThat(file.columns()).containsExactly("a", "b");
            assertThat(file.next().orElseThrow().fields()).containsExactly("1", "2");
            assertThat(file.next()).isEmpty();
        }
    }

    @Test
    void quotesByteOrderMarkAndLineEndsOfOtherSystemsAreRead() throws IOException {
        try (RowFile file = open("\uFEFF\"a|x\",b\r\n\"one\nline\",\"say \"\"hi\"\"\"\r\n3,4\r\n")) {
            assertThat(file.columns()).containsExactly("a|x", "b");
            assertThat(file.next().orElseThrow().fields()).containsExactly("one\nline", "say \"hi\"");
            RowFile.Row second = file.next().orElseThrow();
            assertThat(second.line()).isEqualTo(4);
            assertThat(second.index()).isEqualTo(1);
        }
    }

    @Test
    void rowThatIsShortIsRefusedWithItsLine() throws IOException {
        try (RowFile file = open("a,b\n1,2\n3\n")) {
            file.next();
            assertThatThrownBy(file::next)
                    .isInstanceOf(Refusal.class)
                    .hasMessage("Cannot publish 'f.csv' line 3: it has 1 fields, and the heading has 2. All rows before"
                            + " it are published; correct it, then go on with --resume. [ROW_INVALID]");
        }
    }

    @ParameterizedTest
    @Tag("case:csv-open-quote")
    @ValueSource(strings = {"2,\"open", "2,\"open\n3,b\n", "2,\"", "2,\"ends in two\"\"", "2,\"two\"\"\n", "\"2,x\n"})
    void quoteThatIsNeverClosedIsRefusedWithTheLineWhereItBegins(String rest) throws IOException {
        try (RowFile file = open("a,b\n1,x\n" + rest)) {
            assertThat(file.next().orElseThrow().fields()).containsExactly("1", "x");
            assertThatThrownBy(file::next)
                    .isInstanceOf(Refusal.class)
                    .hasMessageStartingWith(
                            "Cannot publish 'f.csv' line 3: it begins a field in quotes that the file does"
                                    + " not end.");
        }
        assertThatThrownBy(() -> open("a,\"b\n1,x\n"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("its heading begins a field in quotes that the file does not end");
    }

    @Test
    void lastFieldIsReadAsItIsWhetherOrNotALineEndFollows() throws IOException {
        Map<String, String> fields = Map.of(
                "\"x\"", "x",
                "\"x\n\"", "x\n",
                "\"\"", "",
                "\"a\"\"\"", "a\"",
                "5\" pipe", "5\" pipe",
                "", "");
        for (Map.Entry<String, String> each : fields.entrySet()) {
            for (String lineEnd : List.of("", "\n", "\r\n", "\r", "\n\n")) {
                try (RowFile file = open("a,b\n1," + each.getKey() + lineEnd)) {
                    assertThat(file.next().orElseThrow().fields())
                            .as("%s before %s", each.getKey(), lineEnd.length())
                            .containsExactly("1", each.getValue());
                    assertThat(file.next()).isEmpty();
                    assertThat(file.next()).isEmpty();
                }
            }
        }
    }

    @Test
    void lettersThatAreNoUtf8AreRefused() throws IOException {
        Path file = Files.write(folder.resolve("l.csv"), "a,b\n1,M\u00fcnchen\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> {
                    try (RowFile rows = RowFile.open(file, "l.csv", null, "")) {
                        rows.next();
                    }
                })
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("it is not UTF-8");
    }

    @Test
    void fileWithoutAHeadingIsRefused() {
        assertThatThrownBy(() -> open(""))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("it is empty; its first line names the columns");
        assertThatThrownBy(() -> open("a,a\n"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("its heading names column 'a' twice");
        assertThatThrownBy(() -> RowFile.open(folder.resolve("none.csv"), "none.csv", null, ""))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void checksumTellsWhereFilesBeginToDiffer() throws IOException {
        int[] one = checksums("a,b\n1,2\n3,4\n5,6\n");
        int[] other = checksums("a,b\n1,2\n3,40\n5,6\n");
        int[] moved = checksums("a,b\n1,2\n34,\n5,6\n");

        assertThat(one[0]).isEqualTo(other[0]);
        assertThat(one[1]).isNotEqualTo(other[1]).isNotEqualTo(moved[1]);
        assertThat(one[2]).isNotEqualTo(other[2]);
    }

    private int[] checksums(String content) throws IOException {
        int[] checksums = new int[3];
        try (RowFile file = open(content)) {
            for (int i = 0; i < checksums.length; i++) {
                checksums[i] = file.next().orElseThrow().checksum();
            }
        }
        return checksums;
    }

    @Test
    void originIsReadAsItIsWritten() {
        Origin origin = new Origin(1_631_059_200_000L, 599, 3, 0xCAFE, "sales: new.csv");

        assertThat(Origin.parse(new String(origin.bytes(), StandardCharsets.UTF_8)))
                .contains(origin);
        assertThat(Origin.parse("somebody else's")).isEmpty();
        assertThat(Origin.parse("1:x:3:0000cafe:f")).isEmpty();
    }
}
