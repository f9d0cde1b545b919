package dev.tarn.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command {@code bench/run}, and {@code tarn bench}: every measurement, one after the other in one run, and the table of
 * figures beside what people would use otherwise.
 */
public final class Suite {
    private static final Path SCRIPTS = Path.of(System.getProperty("tarn.root", "."), "bench");

    private final Options options;
    private final Path folder;
    private final Map<String, List<Object>> results = new LinkedHashMap<>();
    private final List<String> failed = new ArrayList<>();

    private Suite(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    /**
     * A command of this folder.
     *
     * @param key the name of its results
     * @param times how often it is run; what it repeats itself is not counted here
     */
    private record Part(String key, int times, List<String> words) {
        static Part of(String key, int times, String words) {
            return new Part(key, times, List.of(words.split(" ", -1)));
        }
    }

    /** A look, in a quarter of an hour: what takes long is run once. */
    private static final List<Part> SMALL = List.of(
            Part.of("copies", 1, "copies --rows 200000 --times 1 --snapshots 1"),
            Part.of("changes", 1, "changes --rows 200000 --changes 30000 --times 2"),
            Part.of("freshness", 1, "freshness --rows 200000 --seconds 20 --queries false"),
            Part.of("handmade", 1, "handmade --rows 200000 --changes 30000 --times 1 --seconds 20"),
            Part.of("writer", 1, "writer --rows 200000 --changes 50000 --commits 600"),
            Part.of("reads", 1, "reads --rows 200000 --times 3"),
            Part.of("services", 1, "services --short"));

    private static final List<Part> FULL = List.of(
            Part.of("copies", 1, "copies --rows 1000000 --times 3"),
            Part.of("changes", 1, "changes --rows 1000000 --changes 300000 --times 3"),
            Part.of("freshness", 3, "freshness --rows 1000000 --seconds 180 --queries false"),
            Part.of("handmade", 1, "handmade --rows 1000000 --changes 300000 --times 3 --seconds 180"),
            Part.of("writer", 1, "writer --rows 1000000 --commits 2000"),
            Part.of("reads", 1, "reads --rows 1000000 --times 5"),
            Part.of("services", 1, "services"),
            Part.of("copies10M", 1, "copies --rows 10000000 --times 3"),
            Part.of("reads10M", 1, "reads --rows 10000000 --times 5"));

    /** Exits with 1 if a part failed, or its table was not equal to its source; the others are told all the same. */
    public static void main(String[] words) {
        Map<String, String> known = new LinkedHashMap<>();
        known.put("form", "full");
        known.put("only", "");
        known.put("out", "");
        Command.run(words, known, Suite::measure);
    }

    private static int measure(Options options) throws Exception {
        Path folder = Files.createTempDirectory("tarn-bench-run-");
        try {
            return new Suite(options, folder).run();
        } finally {
            for (File file : Optional.ofNullable(folder.toFile().listFiles()).orElse(new File[0])) {
                Files.delete(file.toPath());
            }
            Files.delete(folder);
        }
    }

    private int run() throws IOException, InterruptedException {
        Report report = Report.about("run", options);
        String form = options.text("form").orElse("");
        List<String> only =
                options.text("only").map(text -> List.of(text.split(",", -1))).orElse(List.of());
        List<Part> parts = form.equals("small") ? SMALL : FULL;
        List<String> keys = parts.stream().map(Part::key).toList();
        if (!keys.containsAll(only)) {
            System.err.println(
                    "Cannot measure " + String.join(", ", only) + ": the parts are " + String.join(", ", keys) + ".");
            return Command.USAGE;
        }
        Path out = options.text("out").map(Path::of).orElseGet(Suite::newFile);
        long start = System.nanoTime();
        for (Part part : parts) {
            for (int i = 0; i < part.times() && (only.isEmpty() || only.contains(part.key())); i++) {
                run(part);
                // Of hours, nothing is lost if one of the later parts never ends.
                sum(report, start).write(out);
            }
        }
        System.out.print(Figure.table(new Figures(results).all()));
        System.out.println("All that was measured: " + out);
        if (!failed.isEmpty()) {
            System.err.println("Failed, or not equal to the source: " + String.join(", ", failed));
        }
        return failed.isEmpty() ? 0 : 1;
    }

    /** What was measured until now. */
    private Report sum(Report report, long start) {
        return report.put("seconds", (System.nanoTime() - start) / 1e9)
                .put("failed", failed)
                .put(
                        "figures",
                        new Figures(results).all().stream().map(Figure::fields).toList())
                .put("parts", results)
                .put("loadAfter", Machine.load());
    }

    private static Path newFile() {
        String moment = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[-:]", "");
        return SCRIPTS.resolve("target/results/" + moment + ".json");
    }

    private void run(Part part) throws IOException, InterruptedException {
        Progress.say("bench/%s", String.join(" ", part.words()));
        Path out = Files.createTempFile(folder, part.key(), ".json");
        List<String> command = new ArrayList<>(part.words());
        command.set(0, SCRIPTS.resolve(command.get(0)).toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(out.toFile())
                .start();
        Thread end = new Thread(process::destroy, "end of " + part.key());
        Runtime.getRuntime().addShutdownHook(end);
        int exit = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(end);
        if (exit != 0) {
            failed.add(part.key() + " (exit " + exit + ")");
        }
        // A library may have said something before.
        String text = "\n" + Files.readString(out);
        int start = text.indexOf("\n{");
        if (start >= 0) {
            results.computeIfAbsent(part.key(), key -> new ArrayList<>()).add(JSON.std.mapFrom(text.substring(start)));
        }
    }
}
