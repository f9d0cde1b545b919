package dev.tarn.cli;

import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.replay.ReplayTimes;
import dev.tarn.cli.server.TopicWork;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "replay", description = "Publish a CSV file as a stream of events, one for each row.")
final class ReplayCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    /** How events are written. */
    enum Format {
        AVRO,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "FILE", description = "CSV in UTF-8 whose first line names the columns.")
    private Path file = Path.of("");

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            required = true,
            description = "Where to; made if it is not there.")
    private String topic = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.AVRO;

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            description = "A file in schemas/ without .avsc. Default: TOPIC-value, there or in the registry.")
    private @Nullable String schema;

    @Option(names = "--key", paramLabel = "COLUMN", description = "The column that is the events' key.")
    private @Nullable String key;

    @Option(
            names = "--delimiter",
            paramLabel = "C",
            description = "What stands between fields, such as ';' or '\\t'. Default: guessed from the first line.")
    private @Nullable String delimiter;

    @Option(
            names = "--rate",
            paramLabel = "N/s",
            description = "So many a second: 100/s, 30/min. Default: all at once.")
    private @Nullable String rate;

    @Option(
            names = "--step",
            paramLabel = "TIME",
            description = "Time from one event's timestamp to the next one's, such as 750ms. Nothing waits for it.")
    private @Nullable String step;

    @Option(names = "--start", paramLabel = "TIME", description = "Timestamp of the first row: 2021-09-08T00:00:00Z.")
    private @Nullable String start;

    @Option(names = "--now", description = "Timestamps are of now, the moment of publishing. So they are by default.")
    private boolean now;

    @Option(names = "--time-column", paramLabel = "C", description = "The column that has the timestamps.")
    private @Nullable String timeColumn;

    @Option(names = "--partitions", paramLabel = "NUMBER", description = "Of a topic that is made. Default: 1.")
    private @Nullable Integer partitions;

    @Option(
            names = "--resume",
            description = "Go on behind the last row that is in the topic, however the run before ended. Give the same"
                    + " options again.")
    private boolean resume;

    ReplayCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        Map<String, Object> work = work();
        LakeLocation lake = tarn.lake();
        Path path = tarn.resolve(file).toAbsolutePath().normalize();
        if (!Files.isReadable(path)) {
            throw new TarnException(
                    ErrorKind.USER,
                    "FILE_UNREADABLE",
                    "Cannot read '" + file + "': " + (Files.exists(path) ? "you may not" : "there is no such file")
                            + ". Name a CSV file with a heading.");
        }
        TopicWork topics = TopicWork.of(tarn.home(), lake);
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("topic", topic);
        question.put("format", format.toString());
        if (schema != null) {
            question.put("schema", schema);
        }
        work.put("schemas", topics.schemas(question));
        work.put("file", path.toString());
        work.put("shown", file.toString());
        String lock = Integer.toHexString((topic + "/" + path.getFileName()).hashCode());
        work.put("lock", lake.run().resolve("replay-" + lock + ".lock").toString());
        Terminal terminal = tarn.terminal();
        work.put("terminalColumns", terminal.wordsLook() == Terminal.Look.RICH ? terminal.columns() : 0);
        return topics.run(work);
    }

    private Map<String, Object> work() {
        requireOneTime();
        Map<String, Object> work = new LinkedHashMap<>();
        work.put("do", "replay");
        work.put("topic", topic);
        work.put("format", format.toString());
        work.put("resume", resume);
        if (key != null) {
            work.put("key", key);
        }
        if (delimiter != null) {
            work.put("delimiter", oneLetter(delimiter));
        }
        if (rate != null) {
            work.put("eventsPerSecond", read("--rate", rate, ReplayTimes::rate));
        }
        if (step != null) {
            Duration time = read("--step", step, ReplayTimes::duration);
            work.put("stepNanos", time.toNanos());
        }
        if (start != null) {
            Instant time = read("--start", start, ReplayTimes::moment);
            work.put("start", time.toString());
        }
        if (timeColumn != null) {
            work.put("timeColumn", timeColumn);
        }
        if (partitions != null) {
            if (partitions < 1 || partitions > 1000) {
                throw usage("--partitions is " + partitions + ". Give it a number from 1 to 1000.");
            }
            work.put("partitions", partitions);
        }
        return work;
    }

    private void requireOneTime() {
        if (rate != null && step != null) {
            throw usage("--rate waits between events and --step does not. Give one of them.");
        }
        if (start != null && now) {
            throw usage("--start and --now are two times to begin with. Give one of them.");
        }
        if (timeColumn != null && (start != null || now || step != null)) {
            throw usage(
                    "--time-column gives each event its time, and so do --start, --step and --now. Give one of them.");
        }
        if (start != null && rate == null && step == null) {
            throw usage(
                    "--start alone gives all events one time. Add --step, such as 750ms, or --rate, such as 100/s.");
        }
    }

    private static String oneLetter(String delimiter) {
        String letter = delimiter.equals("\\t") ? "\t" : delimiter;
        if (letter.length() != 1 || letter.equals("\"") || letter.equals("\n") || letter.equals("\r")) {
            throw usage("--delimiter is '" + delimiter + "'. Give it one letter other than a quote, or \\t.");
        }
        return letter;
    }

    private interface Reading<T> {
        T read(String text);
    }

    private static <T> T read(String option, String text, Reading<T> reading) {
        try {
            return reading.read(text);
        } catch (IllegalArgumentException e) {
            throw usage(option + " is '" + text + "'. Give it " + e.getMessage() + ".");
        }
    }

    private static TarnException usage(String reason) {
        return new TarnException(ErrorKind.USER, "USAGE", "Cannot publish the file: " + reason);
    }
}
