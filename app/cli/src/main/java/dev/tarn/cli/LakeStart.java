package dev.tarn.cli;

import static java.util.function.Predicate.not;

import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.server.LakeState;
import dev.tarn.cli.server.LakeStatus;
import dev.tarn.cli.server.ProgramHome;
import dev.tarn.cli.server.ServerClient;
import dev.tarn.cli.server.ServerNote;
import dev.tarn.cli.server.ServerProcess;
import dev.tarn.cli.server.ServiceState;
import dev.tarn.cli.server.ServiceStatus;
import dev.tarn.cli.terminal.Progress;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts a lake and waits until all its services are up, or one has failed for good. */
final class LakeStart {
    /** How long a start may take: on a machine with much else to do, minutes. What fails is told at once. */
    static final Duration PATIENCE = Duration.ofMinutes(8);

    private final Terminal terminal;
    private final ProgramHome home;
    private final Duration patience;

    LakeStart(Terminal terminal, ProgramHome home, Duration patience) {
        this.terminal = terminal;
        this.home = home;
        this.patience = patience;
    }

    /** Starts a lake that does not run, or what has failed of one that runs; all else that runs is an error. */
    LakeStatus run(LakeLocation lake, @Nullable String profile, List<String> options) {
        // A server that lives but is silent may be about to end: its own lock decides.
        Optional<ServerNote> running = ServerNote.find(lake);
        Optional<LakeState> state =
                running.flatMap(note -> new ServerClient(note).findLake()).map(LakeStatus::state);
        if (state.isPresent()) {
            ServerNote note = running.orElseThrow();
            // Other settings than it runs with take a new server.
            if (state.orElseThrow() != LakeState.FAILED || profile != null || !options.isEmpty()) {
                throw running(lake, note);
            }
            ServerClient server = new ServerClient(note);
            List<String> again = server.startFailed();
            if (!again.isEmpty()) {
                terminal.say("Starts again: " + String.join(", ", again) + ".");
            }
            return await(lake, () -> Optional.of(server));
        }
        ServerProcess process = ServerProcess.start(home, lake, profile, options);
        return await(lake, process::findClient);
    }

    private static TarnException running(LakeLocation lake, ServerNote server) {
        return new TarnException(
                ErrorKind.USER,
                "LAKE_RUNNING",
                "Cannot start lake '" + lake.name() + "': process " + server.pid() + " of user " + server.user()
                        + " runs it since " + server.startedAt()
                        + ". 'tarn status' shows it, 'tarn down' stops it.");
    }

    /** Starts a lake, or joins the start of one that runs. */
    LakeStatus runOrJoin(LakeLocation lake) {
        Optional<ServerClient> running = ServerNote.find(lake)
                .map(ServerClient::new)
                .filter(server -> server.findLake().isPresent());
        return running.isPresent() ? await(lake, () -> running) : run(lake, null, List.of());
    }

    private LakeStatus await(LakeLocation lake, Supplier<Optional<ServerClient>> server) {
        Runnable farewell = () -> terminal.say("\nLake '" + lake.name()
                + "' goes on starting in the background. 'tarn status' shows it, 'tarn down' stops it.");
        try (Progress progress = Progress.open(terminal, "starting")) {
            Supplier<Optional<LakeStatus>> settled = () -> {
                Optional<LakeStatus> status = server.get().flatMap(ServerClient::findLake);
                progress.show(LakeSteps.starting(status));
                return status.filter(LakeStart::isSettled);
            };
            return Farewell.onInterrupt(farewell, () -> Wait.atMost(patience).until(settled))
                    .map(status -> requireReady(lake, status))
                    .orElseThrow(() -> timeout(lake));
        }
    }

    private static boolean isSettled(LakeStatus status) {
        return status.state() == LakeState.READY
                || status.state() == LakeState.FAILED
                || status.state() == LakeState.STOPPING;
    }

    private static LakeStatus requireReady(LakeLocation lake, LakeStatus status) {
        return switch (status.state()) {
            case FAILED -> throw failed(lake, status);
            case STOPPING ->
                throw new TarnException(
                        ErrorKind.USER,
                        "LAKE_STOPPING",
                        "Cannot start lake '" + lake.name()
                                + "': it is being stopped. Wait for 'tarn down' to end, and then" + " try again.");
            case STARTING, READY, DEGRADED -> status;
        };
    }

    private static TarnException failed(LakeLocation lake, LakeStatus status) {
        List<ServiceStatus> failed = status.services().stream()
                .filter(service -> service.state() == ServiceState.FAILED)
                .toList();
        String name = failed.isEmpty() ? "server" : failed.get(0).name();
        String reasons = String.join(
                " ",
                failed.stream()
                        .map(LakeStart::reason)
                        .filter(not(String::isEmpty))
                        .toList());
        return new TarnException(
                ErrorKind.EXTERNAL,
                "SERVICE_FAILED",
                "Cannot start all of lake '" + lake.name() + "': service '" + name + "' failed. " + reasons
                        + (reasons.isEmpty() ? "" : " ") + "See 'tarn logs " + name
                        + "'. The other services go on; 'tarn up' tries it again, 'tarn down' stops the lake.");
    }

    // A message is one of ours, with a full stop and a code, or the words of a foreign program.
    private static String reason(ServiceStatus service) {
        String message =
                service.message() == null ? "" : service.message().strip().replaceAll(" \\[[A-Z_]+]$", "");
        return message.isEmpty() || message.endsWith(".") ? message : message + ".";
    }

    private TarnException timeout(LakeLocation lake) {
        return new TarnException(
                ErrorKind.RESOURCES,
                "START_TIMEOUT",
                "Cannot start all of lake '" + lake.name() + "' within " + patience.toSeconds()
                        + " s. It goes on in the background: 'tarn status' shows it, 'tarn logs server' tells more,"
                        + " 'tarn down' stops it.");
    }
}
