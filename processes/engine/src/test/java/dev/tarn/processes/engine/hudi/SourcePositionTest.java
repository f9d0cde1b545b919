package dev.tarn.processes.engine.hudi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.processes.engine.hudi.SourcePosition.TopicOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourcePositionTest {
    @Test
    void notesOfTheLakeSinkAreRead() {
        assertThat(SourcePosition.of(Map.of("tarn.lsn", "17", "tarn.offsets", "a.b,0:42;a.c,11:7")))
                .contains(
                        new SourcePosition(17, List.of(new TopicOffset("a.b", 0, 42), new TopicOffset("a.c", 11, 7))));
        assertThat(SourcePosition.of(Map.of("tarn.lsn", "0", "tarn.offsets", "")))
                .contains(new SourcePosition(0, List.of()));
    }

    @Test
    void commitOfAnotherProgramHasNoPosition() {
        assertThat(SourcePosition.of(Map.of("schema", "{}"))).isEmpty();
    }
}
