package dev.tarn.processes.engine.asof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.processes.engine.hudi.KeptPast;
import dev.tarn.processes.engine.hudi.SourcePosition;
import dev.tarn.processes.engine.hudi.TableCommits;
import dev.tarn.processes.engine.hudi.TableCommits.Commit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsistentMomentTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(100_000), ZoneOffset.UTC);

    @Test
    void tablesAreReadAtTheSecondThatNoneOfTheirCommitsReachesOver() {
        TableStates artists = states("artists", 50_000, commit("a1", 1_000, 1_900), commit("a2", 2_000, 2_800));
        TableStates artworks = states("artworks", 50_000, commit("w1", 1_200, 1_950), commit("w2", 2_100, 4_900));

        // w2 reaches over 2.5 s, so both are read before it.
        ConsistentMoment moment = at(2_500, artists, artworks);

        assertThat(moment.exact()).isFalse();
        assertThat(moment.at()).isEqualTo(Instant.ofEpochMilli(1_999));
        assertThat(moment.of("artists").instant()).isEqualTo("a1");
        assertThat(moment.of("artworks").instant()).isEqualTo("w1");
        assertThat(at(2_050, artists).of("artists").instant()).isEqualTo("a1");
        assertThat(at(5_000, artists, artworks).exact()).isTrue();
        assertThat(at(5_000, artists, artworks).of("artworks").instant()).isEqualTo("w2");
    }

    @Test
    void newestStateCountsNoFurtherThanItIsKnownToBeComplete() {
        TableStates artists = states("artists", 2_500, commit("a1", 1_000, 1_900), commit("a2", 2_000, 2_100));
        TableStates artworks =
                states("artworks", Long.MIN_VALUE, commit("w1", 1_000, 1_500), commit("w2", 1_950, 1_990));

        assertThat(at(90_000, artists).at()).isEqualTo(Instant.ofEpochMilli(2_499));
        // Nothing is known of the newest state of artworks, so it is read as of what its last commit proves.
        assertThat(at(90_000, artists, artworks).at()).isEqualTo(Instant.ofEpochMilli(1_949));
        assertThat(at(90_000, artists, artworks).of("artworks").instant()).isEqualTo("w1");
    }

    @Test
    void laterCommitWithOlderChangesMakesTheStateBeforeItIncomplete() {
        TableStates copied = states("copied", 90_000, commit("copy", 10_000, 20_000), commit("log", 15_000, 16_000));

        assertThatThrownBy(() -> at(17_000, copied))
                .hasMessageContaining("its history begins at 1970-01-01T00:00:20.001Z");
        assertThat(at(30_000, copied).of("copied").instant()).isEqualTo("log");
    }

    @Test
    void momentBeforeTheFirstKeptStateSaysFromWhenOnHistoryIsKept() {
        TableStates cleaned = TableStates.of(
                "cleaned",
                "moma",
                new TableCommits(
                        List.of(commit("a1", 1_000, 1_900), commit("a2", 2_000, 2_100)),
                        "a2",
                        new KeptPast("a2", false)),
                9_000);

        assertThatThrownBy(() -> at(1_950, cleaned))
                .hasMessage("Cannot read table 'cleaned' as of 1970-01-01T00:00:01.950Z: its history is kept from"
                        + " 1970-01-01T00:00:02.101Z (instant a2) on. Give a later moment; 'tarn table timeline cleaned'"
                        + " shows the commits.");
        assertThatThrownBy(() -> at(1_950, cleaned, states("whole", 9_000, commit("b1", 1_000, 1_100))))
                .hasMessage("Cannot read table 'cleaned' as of 1970-01-01T00:00:01.950Z: history of all tables of the"
                        + " query is kept from 1970-01-01T00:00:02.101Z on. Give a later moment; 'tarn table timeline"
                        + " cleaned' shows the commits.");
        assertThatThrownBy(() -> at(200_000, cleaned))
                .hasMessage("Cannot read table 'cleaned' as of 1970-01-01T00:03:20Z: it is now 1970-01-01T00:01:40Z, so"
                        + " that is yet to come. Give a moment of the past, or 'now'.");
    }

    @Test
    void positionsAndInstantsAreMomentsToo() {
        TableStates artists = states(
                "artists", 50_000, commit("20260101000001000", 1_000, 1_900, 10), commit("a2", 2_000, 2_100, 30));
        TableStates artworks =
                states("artworks", 50_000, commit("w1", 1_000, 1_800, 11), commit("w2", 2_000, 2_900, 29));

        assertThat(find(new Moment.Lsn(29), artists, artworks).at()).isEqualTo(Instant.ofEpochMilli(1_999));
        assertThat(find(new Moment.Lsn(30), artists, artworks).of("artworks").lsn())
                .isEqualTo(29);
        assertThat(find(new Moment.Instant("20260101000001000"), artists, artworks)
                        .of("artworks")
                        .instant())
                .isEqualTo("w1");
        assertThatThrownBy(() -> find(new Moment.Instant("20250101000001000"), artists, artworks))
                .hasMessageContaining("none of the instants of artists, artworks that can still be read");
        TableStates other = TableStates.of("other", "shop", commits(commit("x", 1, 2, 5)), 10);
        assertThatThrownBy(() -> find(new Moment.Lsn(30), artists, other))
                .hasMessageContaining("they mirror different sources (moma, shop)");
    }

    @Test
    void oneTableIsReadByItsOwnCommitsAlsoWhereNoMomentOfTheSourceFits() {
        // The second commit has an older change than the first, and nothing proves the last one complete.
        TableStates artists = states(
                "artists",
                Long.MIN_VALUE,
                commit("20260101000001000", 1_000, 1_900, 10),
                commit("20260101000002000", 1_500, 2_100, 20),
                commit("20260101000003000", 3_000, 3_100, 30));

        assertThat(find(new Moment.Instant("20260101000001000"), artists)
                        .of("artists")
                        .lsn())
                .isEqualTo(10);
        assertThat(find(new Moment.Instant("20260101000003000"), artists).at()).isEqualTo(Instant.ofEpochMilli(3_100));
        // A compaction has a name between those of two commits.
        assertThat(find(new Moment.Instant("20260101000002500"), artists)
                        .of("artists")
                        .lsn())
                .isEqualTo(20);
        assertThat(find(new Moment.Instant("20260101000002"), artists)
                        .of("artists")
                        .lsn())
                .isEqualTo(20);
        assertThat(find(new Moment.Lsn(19), artists).of("artists").lsn()).isEqualTo(10);
        assertThat(OneTable.newest(artists, CLOCK).of("artists").lsn()).isEqualTo(30);
        assertThat(at(90_000, artists).of("artists").lsn()).isEqualTo(20);
        assertThatThrownBy(() -> find(new Moment.Instant("20260101000003001"), artists))
                .hasMessage("Cannot read table 'artists' as of 20260101000003001: its newest instant is"
                        + " 20260101000003000, so that is yet to come. Give a moment of the past, or 'now'.");
        assertThatThrownBy(() -> find(new Moment.Lsn(9), artists))
                .hasMessageContaining("its history begins at 1970-01-01T00:00:02.101Z (instant 20260101000002000,"
                        + " position 0/14). Give a later moment");
    }

    @Test
    void tableWithoutCommitsIsEmptyRatherThanGone() {
        TableStates empty = TableStates.of(
                "empty", "moma", new TableCommits(List.of(), null, new KeptPast(null, true)), Long.MAX_VALUE);

        assertThatThrownBy(() -> at(1_000, empty))
                .hasMessage("Cannot read table 'empty' as of 1970-01-01T00:00:01Z: it has no commit yet. 'tarn table"
                        + " timeline empty' shows what happens to it.");
        assertThatThrownBy(() -> OneTable.newest(empty, CLOCK)).hasMessageContaining("as of now: it has no commit yet");
    }

    @Test
    void everyStateFoundHoldsAllTransactionsBeforeTheMomentAndNoOthers() {
        long seed = Long.getLong("tarn.seed", System.nanoTime());
        System.out.println("everyStateFound…: -Dtarn.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            // Transactions of both tables, at times that go up, now and then a little down.
            List<Long> times = new ArrayList<>();
            long time = 10_000;
            for (int i = 0; i < 100; i++) {
                time += random.nextInt(700);
                times.add(time - (random.nextInt(20) == 0 ? 5 : 0));
            }
            List<TableStates> tables = List.of(cut("one", times, random), cut("two", times, random));
            for (long asked = 10_000; asked < time; asked += 777) {
                ConsistentMoment moment;
                try {
                    moment = ConsistentMoment.find(new Moment.Time(Instant.ofEpochMilli(asked)), tables, CLOCK);
                } catch (dev.tarn.processes.engine.refusal.RefusedException e) {
                    continue;
                }
                long at = java.util.Objects.requireNonNull(moment.at()).toEpochMilli();
                TreeSet<Integer> expected = new TreeSet<>();
                for (int i = 0; i < times.size(); i++) {
                    if (times.get(i) <= at) {
                        expected.add(i);
                    }
                }
                assertThat(at).isLessThanOrEqualTo(asked);
                for (TableStates table : tables) {
                    int last = Integer.parseInt(moment.of(table.table()).instant());
                    TreeSet<Integer> held = new TreeSet<>();
                    for (int i = 0; i <= last; i++) {
                        held.add(i);
                    }
                    assertThat(held).isEqualTo(expected);
                }
            }
        }
    }

    /** Commits of random lengths; the name of each is the number of its last transaction. */
    private static TableStates cut(String table, List<Long> times, Random random) {
        List<Commit> commits = new ArrayList<>();
        int begin = 0;
        while (begin < times.size()) {
            int end = Math.min(times.size(), begin + 1 + random.nextInt(4));
            List<Long> span = times.subList(begin, end);
            commits.add(commit(
                    Integer.toString(end - 1),
                    span.stream().mapToLong(Long::longValue).min().orElseThrow(),
                    span.stream().mapToLong(Long::longValue).max().orElseThrow()));
            begin = end;
        }
        return TableStates.of(table, "moma", commits(commits.toArray(Commit[]::new)), Long.MIN_VALUE);
    }

    private static ConsistentMoment at(long millis, TableStates... tables) {
        return find(new Moment.Time(Instant.ofEpochMilli(millis)), tables);
    }

    private static ConsistentMoment find(Moment moment, TableStates... tables) {
        return ConsistentMoment.find(moment, List.of(tables), Clock.offset(CLOCK, Duration.ZERO));
    }

    private static TableStates states(String table, long complete, Commit... commits) {
        return TableStates.of(table, "moma", commits(commits), complete);
    }

    private static TableCommits commits(Commit... commits) {
        return new TableCommits(List.of(commits), commits[commits.length - 1].instant(), new KeptPast(null, true));
    }

    private static Commit commit(String instant, long from, long upto) {
        return new Commit(instant, upto, from, upto, null);
    }

    private static Commit commit(String instant, long from, long upto, long lsn) {
        @Nullable SourcePosition position = new SourcePosition(lsn, List.of());
        return new Commit(instant, upto, from, upto, position);
    }
}
