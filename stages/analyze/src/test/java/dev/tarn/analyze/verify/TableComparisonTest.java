package dev.tarn.analyze.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.analyze.verify.Fault.Kind;
import dev.tarn.analyze.verify.TableComparison.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Two tables in memory, of keys and values, that change while they are compared: a pause is when something happens. */
class TableComparisonTest {
    private static final TableComparison.Settings SETTINGS =
            new TableComparison.Settings(20, Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(1));

    private final TreeMap<String, String> source = new TreeMap<>();
    /** Key to values by partition. */
    private final TreeMap<String, TreeMap<String, String>> lake = new TreeMap<>();

    private long lsn = 100;
    private long inKafka = 100;
    private long reached = 100;
    private boolean flows = true;
    private boolean answers = true;
    private boolean withdrawn;
    private boolean asked;

    TableComparisonTest() {
        for (int i = 0; i < 5_000; i++) {
            source.put("k" + i, "v" + i);
            lake.put("k" + i, new TreeMap<>(Map.of("p", "v" + i)));
        }
    }

    private Comparison compare(IntConsumer atPause) throws InterruptedException {
        int[] seconds = {0};
        Clock clock = new Clock() {
            @Override
            public void pause(Duration time) {
                atPause.accept(++seconds[0]);
            }

            @Override
            public long nanos() {
                return seconds[0] * 1_000_000_000L;
            }
        };
        return new TableComparison(new Source(), new InLake(), List.of("id", "value"), SETTINGS, clock)
                .run(source.size(), () -> flows);
    }

    @Test
    void equalTablesNeedOneLook() throws Exception {
        Comparison equal = compare(second -> assertThat(second).isZero());

        assertThat(equal).isEqualTo(new Comparison(100, 100, 5_000, 0, 0, false, true, List.of()));
    }

    @Test
    void everyKindOfFaultIsFoundWithItsKeyItsColumnAndItsPartitions() throws Exception {
        lake.remove("k7");
        lake.put("extra", new TreeMap<>(Map.of("p", "x")));
        lake.put("k8", new TreeMap<>(Map.of("p", "other")));
        lake.put("k9", new TreeMap<>(Map.of("p", "v9", "q", "old")));

        Comparison found = compare(second -> {});

        assertThat(found.faults())
                .containsExactlyInAnyOrder(
                        new Fault(Kind.MISSING, List.of("k7"), List.of(), List.of()),
                        new Fault(Kind.EXTRA, List.of("extra"), List.of(), List.of("p")),
                        new Fault(
                                Kind.DIFFERENT,
                                List.of("k8"),
                                List.of(new Fault.Difference("value", "v8", "other")),
                                List.of("p")),
                        new Fault(
                                Kind.DOUBLE,
                                List.of("k9"),
                                List.of(new Fault.Difference("value", "v9", "old")),
                                List.of("p", "q")));
        assertThat(found.counts()).isEqualTo(Map.of("missing", 1L, "extra", 1L, "different", 1L, "double", 1L));
        assertThat(found.undecided()).isZero();
    }

    @Test
    void rowThatIsThereTwiceWithTheSameValuesIsFound() throws Exception {
        lake.put("k9", new TreeMap<>(Map.of("p", "v9", "q", "v9")));

        assertThat(compare(second -> {}).faults())
                .containsExactly(new Fault(Kind.DOUBLE, List.of("k9"), List.of(), List.of("p", "q")));
    }

    @Test
    void lakeThatIsBehindIsNotWrong() throws Exception {
        source.put("new", "n");
        source.put("k1", "changed");
        source.remove("k2");
        lsn = 200;

        Comparison equal = compare(second -> {
            if (second == 9) {
                lake.put("new", new TreeMap<>(Map.of("p", "n")));
                lake.put("k1", new TreeMap<>(Map.of("p", "changed")));
                lake.remove("k2");
                inKafka = 200;
                reached = 200;
            }
        });

        assertThat(equal.faults()).isEmpty();
        assertThat(equal.changed()).isEqualTo(3);
        assertThat(equal.laterLsn()).isEqualTo(200);
        assertThat(equal.undecided()).isZero();
    }

    @Test
    void rowIsNotCalledWrongBeforeItsPositionIsInKafka() throws Exception {
        source.put("k1", "changed");
        lsn = 200;
        inKafka = 150;

        Comparison unknown = compare(second -> {});

        assertThat(unknown.faults()).isEmpty();
        assertThat(unknown.undecided()).isEqualTo(1);
        assertThat(unknown.behind()).isTrue();
    }

    @Test
    void rowIsNotCalledWrongWhileTheWriterStillReads() throws Exception {
        source.put("k1", "changed");
        lsn = 200;
        inKafka = 200;
        answers = false;

        Comparison unknown = compare(second -> reached = 100L + second);

        assertThat(unknown.faults()).isEmpty();
        assertThat(unknown.behind()).isTrue();
        assertThat(withdrawn).isTrue();
    }

    @Test
    void rowIsNotCalledWrongWhileTheTableIsCopied() throws Exception {
        lake.remove("k7");
        flows = false;

        assertThat(compare(second -> {}).undecided()).isEqualTo(1);
    }

    @Test
    void rowOfAnEarlierVersionIsTakenForThatVersionAndOneOfNoVersionIsFound() throws Exception {
        lake.put("k1", new TreeMap<>(Map.of("p", "never was")));

        Comparison found = compare(second -> {
            // One row changes at every look, and the lake has what it was at the look before.
            lake.put("k2", new TreeMap<>(Map.of("p", String.valueOf(source.get("k2")))));
            source.put("k2", "at " + second);
            lsn += 10;
            inKafka = lsn;
            reached = lsn + 1;
        });

        assertThat(found.faults()).extracting(Fault::key).containsExactly(List.of("k1"));
        assertThat(found.undecided()).isZero();
    }

    @Test
    void rowThatBecomesWrongWhileItIsComparedIsFoundOnceItRests() throws Exception {
        source.put("k1", "changed");
        lsn = 200;

        Comparison found = compare(second -> {
            if (second == 3) {
                source.put("k1", "changed again");
                lsn = 300;
                inKafka = 300;
                reached = 301;
                // The change before it arrived neither: the lake still holds what was before both.
            }
        });

        assertThat(found.faults()).extracting(Fault::kind).containsExactly(Kind.DIFFERENT);
    }

    @Test
    void thatMoreDiffersThanIsLookedAtIsSaid() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            source.put("m" + i, "v");
        }

        Comparison found = compare(second -> {});

        assertThat(found.complete()).isFalse();
        assertThat(found.count(Kind.MISSING)).isEqualTo(10_000);
    }

    @Test
    void lakeThatIsFurtherBehindThanIsLookedAtIsComparedAgain() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            source.put("m" + i, "v");
        }
        source.remove("k3");
        lsn = 200;

        Comparison equal = compare(second -> {
            if (second == 9) {
                source.forEach((key, value) -> lake.put(key, new TreeMap<>(Map.of("p", value))));
                lake.remove("k3");
                inKafka = 200;
                reached = 200;
            }
        });

        assertThat(equal.complete()).isTrue();
        assertThat(equal.faults()).isEmpty();
        assertThat(equal.undecided()).isZero();
    }

    @Test
    void whatIsWrongBeyondTheRowsThatWereLookedAtIsFoundOnceTheLakeHasCaughtUp() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            source.put("m" + i, "v");
        }
        lsn = 200;

        Comparison found = compare(second -> {
            if (second == 9) {
                source.forEach((key, value) -> lake.put(key, new TreeMap<>(Map.of("p", value))));
                lake.remove("m19999");
                inKafka = 200;
                reached = 200;
            }
        });

        assertThat(found.complete()).isTrue();
        assertThat(found.faults()).extracting(Fault::key).containsExactly(List.of("m19999"));
    }

    private static CanonicalRow canonical(String key, String value) {
        CanonicalRow row = new CanonicalRow();
        row.add(key);
        row.add(value);
        return row;
    }

    private static KeyHash keyHash(String key) {
        CanonicalRow row = new CanonicalRow();
        row.add(key);
        return row.hash(row.size());
    }

    private static KeyHash rowHash(String key, String value) {
        CanonicalRow row = canonical(key, value);
        return row.hash(row.size());
    }

    private final class Source implements SourceSide {
        @Override
        public Sums sums(int bits) {
            RangeSums sums = new RangeSums(bits);
            source.forEach((key, value) -> sums.add(keyHash(key), rowHash(key, value)));
            return new Sums(lsn, sums);
        }

        @Override
        public long scan(int bits, BitSet ranges, Visitor visitor) {
            source.forEach((key, value) -> {
                if (ranges.get(keyHash(key).range(bits))) {
                    visitor.row(keyHash(key), rowHash(key, value), () -> List.of(key));
                }
            });
            return lsn;
        }

        @Override
        public Found find(List<List<String>> keys, Detail detail) {
            Map<KeyHash, Row> rows = new HashMap<>();
            for (List<String> each : keys) {
                String key = each.get(0);
                String value = source.get(key);
                if (value != null) {
                    rows.put(keyHash(key), new Row(rowHash(key, value), List.of(key, value)));
                }
            }
            return new Found(lsn, rows);
        }

        @Override
        public long confirmed() {
            return inKafka;
        }
    }

    private final class InLake implements LakeSide {
        @Override
        public RangeSums sums(int bits) {
            RangeSums sums = new RangeSums(bits);
            lake.forEach((key, copies) ->
                    copies.values().forEach(value -> sums.add(keyHash(key), rowHash(key, value))));
            return sums;
        }

        @Override
        public RowHashes hashes(int bits, BitSet ranges) {
            RowHashes hashes = new RowHashes();
            lake.forEach((key, copies) -> copies.values().forEach(value -> {
                if (ranges.get(keyHash(key).range(bits))) {
                    hashes.add(keyHash(key), rowHash(key, value));
                }
            }));
            return hashes;
        }

        @Override
        public List<Row> rows(Collection<KeyHash> keys, SourceSide.Detail detail) {
            List<Row> rows = new ArrayList<>();
            lake.forEach((key, copies) -> copies.forEach((partition, value) -> {
                if (keys.contains(keyHash(key))) {
                    rows.add(new Row(keyHash(key), rowHash(key, value), List.of(key), List.of(key, value), partition));
                }
            }));
            return rows;
        }

        @Override
        public Reached reached() {
            Reached now = new Reached(reached, asked && !answers);
            asked &= !answers;
            return now;
        }

        @Override
        public void askWriter() {
            asked = true;
        }

        @Override
        public void withdraw() {
            withdrawn = true;
        }
    }
}
