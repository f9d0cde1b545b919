package dev.tarn.model.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RecordKeyTextTest {
    private static final List<String> PIECES =
            List.of("a", "b", ",", ":", ",b:", "a:", "\\", "\\\\", "__empty__", " ", "");

    @Test
    @Tag("case:key-collision")
    void keysOfSeveralValuesNeverMeet() {
        long seed = Long.getLong("tarn.seed", System.nanoTime());
        Random random = new Random(seed);
        Map<String, List<String>> seen = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            List<String> values = List.of(text(random), text(random), text(random));
            String key = "a:" + RecordKeyText.ofSeveral(values.get(0)) + ",b:" + RecordKeyText.ofSeveral(values.get(1))
                    + ",c:" + RecordKeyText.ofSeveral(values.get(2));
            assertThat(seen.getOrDefault(key, values))
                    .as("%s, with -Dtarn.seed=%d", key, seed)
                    .isEqualTo(values);
            seen.put(key, values);
        }
    }

    @Test
    @Tag("case:empty-text-key")
    void keysOfOneValueNeverMeet() {
        Random random = new Random(Long.getLong("tarn.seed", System.nanoTime()));
        Map<String, String> seen = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            String value = text(random);
            assertThat(seen.getOrDefault(RecordKeyText.single(value), value)).isEqualTo(value);
            seen.put(RecordKeyText.single(value), value);
        }
        assertThat(RecordKeyText.single("__empty__")).isNotEqualTo(RecordKeyText.single(""));
    }

    @Test
    void textsThatNothingIsTakenForAreAsHudiWritesThem() {
        for (String value : List.of("7", "2026-12-01", "Oil on canvas: study", "\\path", "__empty", "__null__")) {
            assertThat(RecordKeyText.single(value)).isEqualTo(value);
        }
        assertThat(RecordKeyText.ofSeveral("12:30:00")).isEqualTo("12:30:00");
        assertThat(RecordKeyText.ofSeveral("a,b")).isEqualTo("a\\,b");
    }

    private static String text(Random random) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
                .collect(Collectors.joining());
    }
}
