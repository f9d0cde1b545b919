package dev.tarn.analyze.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CopyLineTest {
    private static List<@Nullable String> values(String text, int count) {
        CopyLine line = new CopyLine();
        line.read(text.getBytes(StandardCharsets.UTF_8));
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(line.next() ? line.text() : null);
        }
        return values;
    }

    @Test
    void valuesComeAsTheyWereBeforeCopyEscapedThem() {
        assertThat(values("1\tDéjà 漢字\t\\N\t\n", 4)).containsExactly("1", "Déjà 漢字", null, "");
        assertThat(values("a\\tb\\nc\\\\N\\rd\\be\\ff\\v\t\\N\n", 2))
                .containsExactly("a\tb\nc\\N\rd\be\ff\u000b", null);
        assertThat(values("\\N\n", 1)).containsExactly((String) null);
        assertThat(values("\\\\N\n", 1)).containsExactly("\\N");
    }
}
