package dev.tarn.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
    private static final RestartPolicy QUICK =
            new RestartPolicy(Collections.nCopies(5, Duration.ofMillis(20)), Duration.ofMinutes(10));
    private static final RestartPolicy SOON_CALM =
            new RestartPolicy(Collections.nCopies(5, Duration.ofMillis(20)), Duration.ofMillis(300));

    @TempDir
    private Path folder;

    private LakeDirectory lake;
    private final List<Supervisor> started = new ArrayList<>();

    @BeforeEach
    void makeLake() {
        lake = new LakeDirectory(folder);
        lake.create();
    }

    @AfterEach
    void stopAll() throws InterruptedException {
        for (Supervisor supervisor : started) {
            supervisor.stop();
        }
        Leftovers.end(lake);
    }

    @Test
    void serviceIsHealthyOnceItAnswersAndGoneAfterStop() throws InterruptedException {
        Supervisor supervisor = start(ShellService.lasting(lake, "steady"));

        awaitState(supervisor, ServiceState.HEALTHY);
        ServiceStatus status = supervisor.statuses().get(0);
        assertThat(ProcessHandle.of(status.pid())).isPresent();
        assertThat(status.memoryBytes()).isPositive();

        supervisor.stop();
        assertThat(supervisor.statuses().get(0).state()).isEqualTo(ServiceState.STOPPED);
        assertThat(ProcessHandle.of(status.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(lake.run().resolve("steady.json")).doesNotExist();
    }

    @Test
    void killedServiceComesBackAndSaysSo() {
        Supervisor supervisor = start(ShellService.lasting(lake, "killed"));
        awaitState(supervisor, ServiceState.HEALTHY);
        long first = supervisor.statuses().get(0).pid();

        ProcessHandle.of(first).orElseThrow().destroyForcibly();

        await().untilAsserted(() -> {
            ServiceStatus status = supervisor.statuses().get(0);
            assertThat(status.state()).isEqualTo(ServiceState.HEALTHY);
            assertThat(status.pid()).isNotIn(0L, first);
            assertThat(status.restarts()).isEqualTo(1);
            assertThat(status.message())
                    .isEqualTo("was restarted once, because it ended with exit code 137 (signal KILL)");
        });
    }

    @Test
    void troubleIsForgottenAfterSomeCalm() {
        Supervisor supervisor = start(ShellService.lasting(lake, "calm"), SOON_CALM);
        awaitState(supervisor, ServiceState.HEALTHY);
        ProcessHandle.of(supervisor.statuses().get(0).pid()).orElseThrow().destroyForcibly();

        await().untilAsserted(() -> {
            ServiceStatus status = supervisor.statuses().get(0);
            assertThat(status.restarts()).isEqualTo(1);
            assertThat(status.state()).isEqualTo(ServiceState.HEALTHY);
            assertThat(status.message()).isNull();
        });
    }

    @Test
    void failedServiceIsTriedAgainWhenAsked() throws InterruptedException {
        Supervisor supervisor = start(new ShellService(
                lake,
                "mended",
                "[ -f mended.cure ] || exit 3; trap 'rm -f mended.up; exit 0' TERM; touch mended.up;"
                        + " while :; do sleep 0.05; done"));
        awaitState(supervisor, ServiceState.FAILED);

        PrivateFile.write(lake.state().resolve("mended.cure"), "");
        assertThat(supervisor.startFailed()).containsExactly("mended");

        awaitState(supervisor, ServiceState.HEALTHY);
        assertThat(supervisor.startFailed()).isEmpty();
    }

    @Test
    void serviceWhoseWatchingFailsLeavesNoProcess() {
        Supervisor supervisor = start(new ShellService(lake, "cursed", "echo $$ > cursed.pid; sleep 1000") {
            @Override
            public boolean answers() {
                if (Files.exists(lake.state().resolve("cursed.pid"))) {
                    throw new IllegalStateException("the moon is full");
                }
                return false;
            }
        });

        awaitState(supervisor, ServiceState.FAILED);

        assertThat(supervisor.statuses().get(0).message())
                .isEqualTo("Cannot run service 'cursed': the moon is full. The server's log has the details: tarn logs"
                        + " server. [SERVICE_FAILED]");
        assertThat(supervisor.statuses().get(0).pid()).isZero();
        assertThat(lake.run().resolve("cursed.json")).doesNotExist();
    }

    @Test
    void processWhoseNoteCannotBeKeptIsEnded() throws Exception {
        // A file is where the folder of the note should be.
        Path note = Files.createFile(lake.state().resolve("file")).resolve("lost.json");
        String marker = "97531";
        ShellService service = new ShellService(lake, "lost", "exec sleep " + marker);

        assertThatThrownBy(() ->
                        OwnedProcess.start("lost", service.process(), lake.log("lost"), note, service.stopSignal()))
                .isInstanceOf(UncheckedIOException.class);

        await().untilAsserted(() -> assertThat(ProcessHandle.current().children())
                .noneMatch(child -> List.of(child.info().arguments().orElse(new String[0]))
                        .toString()
                        .contains(marker)));
    }

    @Test
    void serviceThatKeepsCrashingStaysDownAfterFiveRestartsWithTheEndOfItsLog() {
        Supervisor supervisor = start(new ShellService(lake, "broken", "echo the disk is made of cheese; exit 3"));

        awaitState(supervisor, ServiceState.FAILED);
        ServiceStatus status = supervisor.statuses().get(0);
        assertThat(status.restarts()).isEqualTo(5);
        assertThat(status.message())
                .startsWith(
                        "Cannot keep service 'broken' running: it ended with exit code 3, 6 times. Its log ends with:")
                .contains("the disk is made of cheese")
                .endsWith("Read it with 'tarn logs broken'; 'tarn up' tries it again. [SERVICE_CRASHES]");
    }

    @Test
    void nextSupervisorAdoptsWhatAKilledServerLeft() {
        Supervisor first = start(ShellService.lasting(lake, "orphan"));
        awaitState(first, ServiceState.HEALTHY);
        long pid = first.statuses().get(0).pid();
        // A killed server stops nothing: it is simply not asked any more, until the test is over. It would start again
        // what
        // ends then, while the folder is deleted.

        ShellService same = ShellService.lasting(lake, "orphan");
        assertThat(Leftovers.sort(lake, List.of(same))).containsExactly("orphan");
        Supervisor second = start(same);

        awaitState(second, ServiceState.HEALTHY);
        assertThat(second.statuses().get(0).pid()).isEqualTo(pid);
    }

    @Test
    void processOfChangedSettingsIsEndedInsteadOfAdopted() throws Exception {
        ShellService before = ShellService.lasting(lake, "changed");
        OwnedProcess process = OwnedProcess.start(
                "changed", before.process(), lake.log("changed"), lake.run().resolve("changed.json"), "TERM");
        await().until(before::answers);

        List<String> adopted = Leftovers.sort(lake, List.of(new ShellService(lake, "changed", "sleep 1000")));

        assertThat(adopted).isEmpty();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void processIdThatNowBelongsToAnotherProgramIsLeftAlone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "1000").start();
        try {
            new ProcessRecord("ghost", stranger.pid(), 1_000, "x", "TERM")
                    .save(lake.run().resolve("ghost.json"));

            assertThat(Leftovers.end(lake)).isEmpty();

            assertThat(stranger.isAlive()).isTrue();
            assertThat(lake.run().resolve("ghost.json")).doesNotExist();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void serviceThatIgnoresTheSignalIsEndedByForceAndLeavesNoChild() throws Exception {
        ShellService deaf =
                new ShellService(lake, "deaf", "trap '' TERM; touch deaf.up; sleep 1000 & wait; sleep 1000");
        OwnedProcess process = OwnedProcess.start(
                "deaf", deaf.process(), lake.log("deaf"), lake.run().resolve("deaf.json"), "TERM");
        await().until(deaf::answers);
        List<ProcessHandle> children = process.handle().descendants().toList();

        assertThat(process.stop("TERM", Duration.ofMillis(200))).isFalse();

        assertThat(process.isAlive()).isFalse();
        await().untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void leftoverIsNamedAndEndedWithTheSignalOfItsNote() throws Exception {
        // As a JVM does that a script started in the background, it ignores INT.
        ShellService service = new ShellService(
                lake,
                "left",
                "trap '' INT; trap 'touch left.orderly; exit 0' TERM; touch left.up; while :; do sleep 0.05; done");
        OwnedProcess process = OwnedProcess.start(
                "left", service.process(), lake.log("left"), lake.run().resolve("left.json"), "TERM");
        await().until(service::answers);

        assertThat(Leftovers.running(lake)).containsExactly("left (process " + process.pid() + ")");
        assertThat(Leftovers.end(lake)).containsExactly("left");

        assertThat(lake.state().resolve("left.orderly")).exists();
        assertThat(process.isAlive()).isFalse();
        assertThat(Leftovers.running(lake)).isEmpty();
    }

    private Supervisor start(Service service) {
        return start(service, QUICK);
    }

    private Supervisor start(Service service, RestartPolicy policy) {
        Supervisor supervisor = new Supervisor(lake, List.of(service), policy, ServiceListener.NONE);
        started.add(supervisor);
        supervisor.start();
        return supervisor;
    }

    private static void awaitState(Supervisor supervisor, ServiceState state) {
        await().untilAsserted(
                        () -> assertThat(supervisor.statuses().get(0).state()).isEqualTo(state));
    }
}
