package dev.tarn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** What processes use of processor and memory, phase by phase. From Linux's /proc; elsewhere it sees zeros. */
final class ProcessMeter implements AutoCloseable {
    private static final long PERIOD_MILLIS = 200;
    /** Of /proc/PID/stat; the same on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;
    /** User and system time of a process, then of its children that have ended. */
    private static final List<Integer> TIMES = List.of(11, 12, 13, 14);

    private final Map<String, Long> processes;
    private final Map<String, Long> peakKibibytes = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread meter = new Thread(task, "meter");
        meter.setDaemon(true);
        return meter;
    });
    private Map<String, Double> secondsBefore = Map.of();

    private ProcessMeter(Map<String, Long> processes) {
        this.processes = processes;
    }

    /** @param pid the process of a name */
    @SuppressWarnings("FutureReturnValueIgnored") // Ends with the executor.
    static ProcessMeter start(List<String> names, ToLongFunction<String> pid) {
        Map<String, Long> processes = new LinkedHashMap<>();
        names.forEach(name -> processes.put(name, pid.applyAsLong(name)));
        processes.put("bench", ProcessHandle.current().pid());
        ProcessMeter meter = new ProcessMeter(processes);
        meter.begin();
        meter.thread.scheduleAtFixedRate(meter::sample, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return meter;
    }

    /** Begins a phase. */
    void begin() {
        secondsBefore = seconds();
        peakKibibytes.clear();
    }

    /** What was used since the phase began. */
    Report end() {
        sample();
        Report used = new Report();
        seconds().forEach((name, seconds) -> used.put(name, seconds - secondsBefore.getOrDefault(name, 0.0)));
        Report peaks = new Report();
        for (String name : processes.keySet()) {
            peaks.put(name, peakKibibytes.getOrDefault(name, 0L) / 1024);
        }
        return new Report().put("cpuSeconds", used).put("peakMiB", peaks);
    }

    /** Processor time of a process since the phase began, in seconds. */
    double secondsOf(String name) {
        return seconds().getOrDefault(name, 0.0) - secondsBefore.getOrDefault(name, 0.0);
    }

    /** The most memory that a process ever held, as Linux has kept it. */
    long highWaterMebibytes(String name) {
        return status(processes.getOrDefault(name, 0L), "VmHWM") / 1024;
    }

    private void sample() {
        processes.forEach((name, pid) -> peakKibibytes.merge(name, resident(pid), Math::max));
    }

    /** Pages that processes share, as those of PostgreSQL do, count once. */
    private static long resident(long pid) {
        return tree(pid)
                .map(process -> Math.max(0, status(process, "VmRSS") - status(process, "RssShmem")))
                .sum();
    }

    private Map<String, Double> seconds() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        processes.forEach((name, pid) -> seconds.put(
                name,
                tree(pid)
                        .mapToObj(process -> times(process, process == pid))
                        .mapToDouble(Double::doubleValue)
                        .sum()));
        return seconds;
    }

    /** Processor time of this program so far, in seconds. */
    static double ofThisProcess() {
        return times(ProcessHandle.current().pid(), false);
    }

    private static LongStream tree(long pid) {
        return LongStream.concat(
                LongStream.of(pid),
                ProcessHandle.of(pid).stream()
                        .flatMap(ProcessHandle::descendants)
                        .mapToLong(ProcessHandle::pid));
    }

    private static double times(long pid, boolean withEndedChildren) {
        String[] fields = read(pid, "stat").replaceFirst("(?s).*\\) ", "").split(" ", -1);
        return fields.length < 15
                ? 0
                : TIMES.subList(0, withEndedChildren ? 4 : 2).stream()
                                .mapToLong(place -> Long.parseLong(fields[place]))
                                .sum()
                        / TICKS_PER_SECOND;
    }

    /** A number of /proc/PID/status, in KiB. */
    static long status(long pid, String field) {
        Matcher found = Pattern.compile("(?m)^" + field + ":\\s*(\\d+)").matcher(read(pid, "status"));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            // It has ended, or this is not Linux.
            return "";
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
