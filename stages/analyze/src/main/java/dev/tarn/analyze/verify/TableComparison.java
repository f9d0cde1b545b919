package dev.tarn.analyze.verify;

import dev.tarn.analyze.verify.SourceSide.Detail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Compares a table with its source while both change.
 *
 * <p>Sums over ranges of keys find the ranges that differ; hashes of their rows find the rows. A row that differs need not
 * be wrong, for the lake is a second behind: so these rows are read again on both sides, until each is what its source
 * is or was at one of the looks, or is wrong for certain. That is: its source's row has been the same from a position on,
 * for {@link Settings#quiet}, in looks before and after the lake's; all changes up to that position were in Kafka, and
 * after that the table's writer has committed a later change, or has said that it had nothing more to read; and twice the
 * lake held the same, which is something else.
 */
public final class TableComparison {
    private static final int ROWS_AT_ONCE = 100_000;
    private static final int CANDIDATES = 10_000;

    private final SourceSide source;
    private final LakeSide lake;
    private final List<String> columns;
    private final Settings settings;
    private final Clock clock;

    private final List<Candidate> confirmed = new ArrayList<>();
    private long changed;
    private long laterLsn;
    private boolean complete = true;
    private boolean behind;
    /** Up to where the writer has said that it has read. */
    private long readUpTo;
    /** What was in Kafka when the writer was last asked; negative if it was not asked. */
    private long askedAt = -1;

    /**
     * @param limit of how many faults the columns are told
     * @param patience how long rows may take to settle
     * @param quiet how long a row must have been the same to be a fault
     * @param pause between two looks
     */
    public record Settings(int limit, Duration patience, Duration quiet, Duration pause) {}

    /** Time, and waiting for it to pass. */
    public interface Clock {
        void pause(Duration time) throws InterruptedException;

        long nanos();

        /** The computer's. */
        static Clock ofThisComputer() {
            LongSupplier nanoTime = System::nanoTime;
            return new Clock() {
                @Override
                public void pause(Duration time) throws InterruptedException {
                    TimeUnit.MILLISECONDS.sleep(time.toMillis());
                }

                @Override
                public long nanos() {
                    return nanoTime.getAsLong();
                }
            };
        }
    }

    /** @param columns the names of the columns that are compared, key columns first */
    public TableComparison(SourceSide source, LakeSide lake, List<String> columns, Settings settings, Clock clock) {
        this.source = source;
        this.lake = lake;
        this.columns = List.copyOf(columns);
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Compares, and again from the beginning where more differed than can be looked at row by row and none of it was wrong:
     * a lake that is far behind differs in most rows, and must have caught up before anything can be said of the rest.
     *
     * @param rows about how many the table has
     * @param settledSource whether the source's changes flow now: while a table is copied, no row is called wrong
     */
    public Comparison run(long rows, BooleanSupplier settledSource) throws InterruptedException {
        int bits = RangeSums.bitsFor(rows);
        long until = Long.MIN_VALUE;
        while (true) {
            complete = true;
            SourceSide.Sums whole = source.sums(bits);
            RangeSums held = lake.sums(bits);
            laterLsn = Math.max(laterLsn, whole.lsn());
            Map<KeyHash, Candidate> open = narrow(whole.sums(), held);
            until = until == Long.MIN_VALUE
                    ? clock.nanos() + settings.patience().toNanos()
                    : until;
            settle(open, settledSource, until);
            boolean isTold = complete || !open.isEmpty() || !confirmed.isEmpty();
            if (isTold || clock.nanos() >= until) {
                return new Comparison(
                        whole.lsn(), laterLsn, whole.sums().rows(), changed, open.size(), behind, complete, faults());
            }
            clock.pause(settings.pause());
        }
    }

    private void settle(Map<KeyHash, Candidate> open, BooleanSupplier settledSource, long until)
            throws InterruptedException {
        try {
            while (!open.isEmpty() && clock.nanos() < until) {
                look(open, settledSource.getAsBoolean());
                if (!open.isEmpty()) {
                    clock.pause(settings.pause());
                }
            }
        } finally {
            if (askedAt >= 0) {
                lake.withdraw();
                askedAt = -1;
            }
        }
    }

    /** The rows that differ, in the ranges that do. */
    private Map<KeyHash, Candidate> narrow(RangeSums whole, RangeSums held) {
        BitSet differing = whole.differing(held);
        Map<KeyHash, Candidate> open = new LinkedHashMap<>();
        if (differing.isEmpty()) {
            return open;
        }
        BitSet ranges = new BitSet();
        long rows = 0;
        for (int range : differing.stream().toArray()) {
            rows += Math.max(whole.count(range), held.count(range));
            if (rows <= ROWS_AT_ONCE || ranges.isEmpty()) {
                ranges.set(range);
            } else {
                complete = false;
            }
        }
        Map<KeyHash, KeyHash> inLake = new HashMap<>();
        RowHashes hashes = lake.hashes(whole.bits(), ranges);
        for (int i = 0; i < hashes.size(); i++) {
            // A key that is there twice is like no row of the source.
            inLake.merge(hashes.key(i), hashes.row(i), (one, other) -> new KeyHash(~one.high(), other.low()));
        }
        long lsn = source.scan(whole.bits(), ranges, (key, row, keyText) -> {
            if (!row.equals(inLake.remove(key))) {
                addTo(open, key, new Candidate(key, keyText.get()));
            }
        });
        laterLsn = Math.max(laterLsn, lsn);
        inLake.keySet().forEach(key -> addTo(open, key, new Candidate(key, null)));
        return open;
    }

    private void addTo(Map<KeyHash, Candidate> open, KeyHash key, Candidate candidate) {
        if (open.size() < CANDIDATES) {
            open.put(key, candidate);
        } else {
            complete = false;
        }
    }

    private void look(Map<KeyHash, Candidate> open, boolean flows) {
        List<List<String>> keys = open.values().stream()
                .map(Candidate::keyText)
                .filter(Objects::nonNull)
                .map(text -> (List<String>) text)
                .toList();
        SourceSide.Found found = source.find(keys, Detail.HASHES);
        laterLsn = Math.max(laterLsn, found.lsn());
        long now = clock.nanos();
        for (Candidate candidate : open.values()) {
            if (candidate.keyText() != null) {
                candidate.source(found.rows().get(candidate.key()), found.lsn(), now);
            }
        }
        // In this order: what the lake holds may be newer than what is known of its reading, and never older.
        long inKafka = source.confirmed();
        LakeSide.Reached reached = lake.reached();
        if (askedAt >= 0 && !reached.isQuestionOpen()) {
            readUpTo = Math.max(readUpTo, askedAt);
            askedAt = -1;
        }
        if (askedAt < 0) {
            lake.askWriter();
            askedAt = inKafka;
        }
        Map<KeyHash, List<LakeSide.Row>> held =
                lake.rows(open.keySet(), Detail.HASHES).stream().collect(Collectors.groupingBy(LakeSide.Row::key));
        behind = false;
        for (Iterator<Candidate> all = open.values().iterator(); all.hasNext(); ) {
            Candidate candidate = all.next();
            boolean read =
                    readUpTo >= candidate.since() || inKafka >= candidate.since() && reached.lsn() > candidate.since();
            boolean proven = flows && read && isLong(now - candidate.sinceNanos());
            if (candidate.lake(held.getOrDefault(candidate.key(), List.of()), proven)) {
                changed++;
                all.remove();
            } else if (candidate.fault() != null) {
                confirmed.add(candidate);
                all.remove();
            } else {
                behind |= !read;
            }
        }
    }

    private boolean isLong(long nanos) {
        return nanos >= settings.quiet().toNanos();
    }

    private List<Fault> faults() {
        confirmed.sort(
                Comparator.comparing(candidate -> String.valueOf(candidate.keyText()), TableComparison::inOrder));
        List<Candidate> shown = confirmed.subList(0, Math.min(settings.limit(), confirmed.size()));
        Map<KeyHash, SourceSide.Row> inSource = shown.isEmpty()
                ? Map.of()
                : source.find(
                                shown.stream()
                                        .map(candidate -> Objects.requireNonNull(candidate.keyText()))
                                        .toList(),
                                Detail.VALUES)
                        .rows();
        Map<KeyHash, List<LakeSide.Row>> inLake = shown.isEmpty()
                ? Map.of()
                : lake.rows(shown.stream().map(Candidate::key).toList(), Detail.VALUES).stream()
                        .collect(Collectors.groupingBy(LakeSide.Row::key));
        return confirmed.stream()
                .map(candidate -> new Fault(
                        Objects.requireNonNull(candidate.fault()),
                        Objects.requireNonNull(candidate.keyText()),
                        differences(inSource.get(candidate.key()), inLake.getOrDefault(candidate.key(), List.of())),
                        candidate.partitions()))
                .toList();
    }

    // Numbers by their size: 2 before 10.
    private static int inOrder(String one, String other) {
        return one.length() == other.length() ? one.compareTo(other) : Integer.compare(one.length(), other.length());
    }

    private List<Fault.Difference> differences(
            SourceSide.@org.jspecify.annotations.Nullable Row row, List<LakeSide.Row> held) {
        if (row == null || held.isEmpty()) {
            return List.of();
        }
        return held.stream()
                .flatMap(each -> IntStream.range(0, columns.size())
                        .filter(i -> !Objects.equals(
                                row.values().get(i), each.values().get(i)))
                        .mapToObj(i -> new Fault.Difference(
                                columns.get(i),
                                row.values().get(i),
                                each.values().get(i))))
                .distinct()
                .toList();
    }
}
