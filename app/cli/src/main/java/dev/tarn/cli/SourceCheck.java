package dev.tarn.cli;

import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.server.ServerClient;
import dev.tarn.cli.server.ServerNote;
import dev.tarn.cli.server.SourceStatus;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Waiting;
import dev.tarn.model.ErrorKind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells the user of a lake that has just started which of its sources cannot run, and what the others wait for. */
record SourceCheck(Terminal terminal, Duration patience) {
    static SourceCheck of(Terminal terminal) {
        return new SourceCheck(terminal, Duration.ofSeconds(30));
    }

    /** The exit code: that of a user error if a source must be corrected. The lake goes on running without it. */
    int run(LakeLocation lake) {
        List<SourceStatus> sources = Waiting.during(terminal, "looking at the sources", () -> load(lake));
        sources.forEach(source -> SourceView.words(source).forEach(terminal::say));
        boolean refused = sources.stream().anyMatch(source -> source.state().equals("refused"));
        return refused ? ErrorKind.USER.exitCode() : 0;
    }

    private List<SourceStatus> load(LakeLocation lake) {
        return ServerNote.find(lake)
                .map(ServerClient::new)
                .flatMap(server -> Wait.atMost(patience).until(() -> look(server)))
                .orElse(List.of());
    }

    private static Optional<List<SourceStatus>> look(ServerClient server) {
        try {
            return server.findSettledSources();
        } catch (IOException e) {
            // The lake is up; that is what was asked for. 'tarn source list' tells the rest.
            return Optional.of(List.of());
        }
    }
}
