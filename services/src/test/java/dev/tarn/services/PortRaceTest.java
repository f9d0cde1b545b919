package dev.tarn.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tarn.model.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose port somebody else takes between the choice and its start. */
class PortRaceTest {
    private static final RestartPolicy QUICK =
            new RestartPolicy(Collections.nCopies(2, Duration.ofMillis(20)), Duration.ofMinutes(10));

    @TempDir
    private Path folder;

    private final AtomicInteger lost = new AtomicInteger();

    private static ServerSocket take(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    @Test
    void serviceThatEndsForAFreshPortOfSomebodyElseLosesTheRace() throws Exception {
        LakeDirectory lake = lake();
        Ports ports = Ports.of(lake);
        int port = ports.port("kafka");
        PortRace race = new PortRace(ports, this::isTheLastStart);
        Service service = new ShellService(lake, "late", "exit 1", port);
        assertThat(race.isLost(List.of(service))).isFalse();
        try (ServerSocket stranger = take(port)) {
            assertThat(stranger.isBound()).isTrue();
            assertThat(race.isLost(List.of(service))).isTrue();

            run(lake, service, race);
        }
        assertThat(lost).hasPositiveValue();
    }

    @Test
    void portOfAnEarlierStartIsNotGivenUp() throws Exception {
        LakeDirectory lake = lake();
        int port = Ports.of(lake).port("kafka");
        PortRace race = new PortRace(Ports.of(lake), this::isTheLastStart);
        Service service = new ShellService(lake, "known", "exit 1", port);
        try (ServerSocket stranger = take(port)) {
            assertThat(stranger.isBound()).isTrue();
            assertThat(race.isLost(List.of(service))).isFalse();

            run(lake, service, race);
        }
        assertThat(lost).hasValue(0);
    }

    @Test
    void serviceThatEndsForAnotherReasonHasLostNothing() throws Exception {
        LakeDirectory lake = lake();
        Ports ports = Ports.of(lake);
        Service service = new ShellService(lake, "broken", "exit 1", ports.port("kafka"));

        run(lake, service, new PortRace(ports, this::isTheLastStart));

        assertThat(lost).hasValue(0);
    }

    @Test
    void portThatHasServedIsKept() throws Exception {
        LakeDirectory lake = lake();
        Ports ports = Ports.of(lake);
        int port = ports.port("kafka");
        // Answers, and ends by itself a moment later.
        Service service = new ShellService(lake, "brief", "touch brief.up; sleep 0.5; rm brief.up; exit 1", port);

        run(lake, service, new PortRace(ports, this::isTheLastStart));

        assertThat(ports.isFresh(port)).isFalse();
        assertThat(lost).hasValue(0);
    }

    @Test
    void answerOfAnotherProgramIsNotThatOfTheService() throws Exception {
        LakeDirectory lake = lake();
        Ports ports = Ports.of(lake);
        int port = ports.port("kafka");
        // As while a virtual machine starts: it answers, or so it seems, and ends when it finds its port taken.
        Service service = new ShellService(lake, "fooled", "touch fooled.up; sleep 0.5; exit 1", port);
        try (ServerSocket stranger = take(port)) {
            assertThat(stranger.isBound()).isTrue();

            run(lake, service, new PortRace(ports, this::isTheLastStart));
        }
        assertThat(lost).hasPositiveValue();
        assertThat(ports.isFresh(port))
                .as("known by clients only once we have given up")
                .isFalse();
    }

    @Test
    void answerThatComesWhenTheServiceHasJustEndedIsAnothersToo() throws Exception {
        LakeDirectory lake = lake();
        Ports ports = Ports.of(lake);
        int port = ports.port("kafka");
        Service service = new ShellService(lake, "slow", "until [ -f slow.up ]; do sleep 0.01; done; exit 1", port) {
            @Override
            public boolean answers() {
                OptionalLong running = ProcessRecord.find(lake.run().resolve("slow.json"))
                        .flatMap(ProcessRecord::process)
                        .map(process -> OptionalLong.of(process.pid()))
                        .orElse(OptionalLong.empty());
                PrivateFile.write(sign(), "");
                running.ifPresent(pid -> await().until(() ->
                        ProcessHandle.of(pid).filter(Processes::isAlive).isEmpty()));
                return true;
            }
        };
        try (ServerSocket stranger = take(port)) {
            assertThat(stranger.isBound()).isTrue();

            run(lake, service, new PortRace(ports, this::isTheLastStart));
        }
        assertThat(lost).hasPositiveValue();
    }

    @Test
    void serviceThatGivesUpWhileTheOthersStopDoesNotKeepThePortThatItHasLost() throws Exception {
        LakeDirectory lake = lake();
        Ports ports = Ports.of(lake);
        int port = ports.port("kafka");
        Service service = new ShellService(lake, "late", "exit 1", port);
        try (ServerSocket stranger = take(port)) {
            assertThat(stranger.isBound()).isTrue();

            run(lake, service, new PortRace(ports, () -> true));

            ports.forgetFresh();
            assertThat(ports.port("kafka")).isNotEqualTo(port);
        }
    }

    private boolean isTheLastStart() {
        lost.incrementAndGet();
        return false;
    }

    private LakeDirectory lake() {
        LakeDirectory lake = new LakeDirectory(folder);
        lake.create();
        return lake;
    }

    private static void run(LakeDirectory lake, Service service, ServiceListener listener) throws Exception {
        Supervisor supervisor = new Supervisor(lake, List.of(service), QUICK, listener);
        supervisor.start();
        try {
            await().until(() -> supervisor.statuses().get(0).state() == ServiceState.FAILED);
        } finally {
            supervisor.stop();
        }
    }
}
