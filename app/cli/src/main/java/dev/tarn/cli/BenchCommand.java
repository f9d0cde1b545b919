package dev.tarn.cli;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Hands over to {@code bench/run} of the checkout from which this program was built. */
@Command(
        name = "bench",
        description =
                "Measure how fast Tarn is on this machine, beside what else there is. Needs a checkout of Tarn, and"
                        + " hours; a quarter of an hour with --small. Uses lakes of its own.")
final class BenchCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Option(names = "--small", description = "With tables of 200,000 rows in place of 1 and 10 million.")
    private boolean small;

    @Option(
            names = "--only",
            paramLabel = "PARTS",
            description =
                    "Only these, with commas between: copies, changes, freshness, handmade, writer, reads, services.")
    private @Nullable String only;

    @Option(names = "--out", paramLabel = "FILE", description = "Keep all figures as JSON.")
    private @Nullable Path out;

    BenchCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path script = tarn.home().directory().resolve("../../bench/run").normalize();
        if (!Files.isExecutable(script)) {
            throw new TarnException(
                    ErrorKind.USER,
                    "BENCH_MISSING",
                    "Cannot measure: there is no " + script
                            + ". The benchmark is part of Tarn's sources: call ./tarn bench in a checkout.");
        }
        List<String> command = new ArrayList<>(List.of(script.toString()));
        if (small) {
            command.add("--small");
        }
        if (only != null) {
            command.addAll(List.of("--only", only));
        }
        if (out != null) {
            command.addAll(List.of("--out", tarn.resolve(out).toString()));
        }
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
