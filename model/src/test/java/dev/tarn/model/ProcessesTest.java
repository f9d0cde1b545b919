package dev.tarn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProcessesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void processLivesAndIsFoundByItsStart() {
        ProcessHandle self = ProcessHandle.current();
        Instant start = self.info().startInstant().orElseThrow();

        assertThat(Processes.isAlive(self)).isTrue();
        assertThat(Processes.find(self.pid(), start, SECOND)).contains(self);
        assertThat(Processes.find(self.pid(), start.minusSeconds(60), SECOND)).isEmpty();
    }

    @Test
    void processThatEndedAndThatNobodyAskedAboutIsDead() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "skipped: zombies are told apart through /proc");
        // The shell becomes a program that never collects its child, which ends soon after.
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.2 & echo $!; exec sleep 1000 >/dev/null").start();
        try (BufferedReader out = parent.inputReader()) {
            long child = Long.parseLong(out.readLine());

            await().until(() -> !Processes.isAlive(child));

            assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive))
                    .as("what the JDK says of it")
                    .isPresent();
        } finally {
            parent.destroyForcibly();
        }
    }
}
