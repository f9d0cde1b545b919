package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.MuseumLake;
import dev.tarn.testing.fixtures.OnLake;
import dev.tarn.testing.fixtures.ServerApi;
import dev.tarn.testing.gate.Rounds;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A query as of a moment sees all of its tables at that moment of their source: no transaction by half. */
@OnLake(MuseumLake.class)
@Order(1)
class AsOfIT {
    private static final int ROWS = 100;
    private static final BigDecimal TOTAL = new BigDecimal(ROWS * 1_000 * 2);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration TRANSFERS = Duration.ofSeconds(Rounds.of("tarn.transfer-seconds", 8, 15));

    /** An answer: the sum over both tables, and the moment that it shows. */
    private record Sum(@Nullable BigDecimal sum, Instant at, boolean exact) {}

    @Test
    void amountsThatTransactionsMoveBetweenTablesAreNeverSeenTwiceOrNotAtAll(Lake lake) throws Exception {
        fillTables(lake);
        for (String pair : List.of("artists artworks", "artists_cow artworks_cow")) {
            await().atMost(Duration.ofMinutes(4))
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(ask(lake, pair, "now").sum()).isEqualByComparingTo(TOTAL));
        }
        Instant begin = Instant.now();
        AtomicBoolean stop = new AtomicBoolean();
        // Two at once: their transactions commit in no order that their clock readings would promise.
        AtomicInteger moved = new AtomicInteger();
        List<CompletableFuture<Void>> transfers = List.of(
                CompletableFuture.runAsync(() -> transfer(lake, 1, moved, stop)),
                CompletableFuture.runAsync(() -> transfer(lake, 2, moved, stop)));
        int asked = 0;
        try {
            // A slow machine takes longer for as much.
            while (Instant.now().isBefore(begin.plus(TRANSFERS))
                    || moved.get() <= 1_000 && Instant.now().isBefore(begin.plus(LONGEST))) {
                for (String moment : List.of("now", "-1s", "-3s")) {
                    requireWhole(ask(lake, "artists artworks", moment));
                    requireWhole(ask(lake, "artists_cow artworks", moment));
                    asked += 2;
                }
            }
        } finally {
            stop.set(true);
        }
        for (CompletableFuture<Void> transfer : transfers) {
            transfer.get(60, TimeUnit.SECONDS);
        }
        Instant end = Instant.now();
        assertThat(asked).isGreaterThan(5);
        assertThat(moved.get()).isGreaterThan(1_000);

        await().atMost(Duration.ofMinutes(4))
                .untilAsserted(() ->
                        assertThat(ask(lake, "artists artworks", "now").at()).isAfter(end));
        // Each state's parts say that something was moved: none of these sums is that of the beginning.
        TreeSet<Instant> moments = new TreeSet<>();
        for (Instant at = begin; at.isBefore(end); at = at.plusMillis(1_300)) {
            Sum sum = ask(lake, "artists artworks", at.toString());
            requireWhole(sum);
            assertThat(sum.at()).isBeforeOrEqualTo(at);
            moments.add(sum.at());
        }
        assertThat(moments).hasSizeGreaterThan(3);
        assertThat(BigDecimal.ZERO.add(part(lake, "artists", "birth_year", end.toString())))
                .isEqualByComparingTo(Database.column(lake, "SELECT sum(birth_year) FROM artists")
                        .get(0));
        requireWhole(ask(
                lake,
                "artists artworks",
                Database.column(lake, "SELECT pg_current_wal_lsn()").get(0)));
    }

    @Test
    void commandSaysWhichMomentItShows(Lake lake) throws Exception {
        fillTables(lake);
        await().atMost(Duration.ofMinutes(4))
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(ask(lake, "artists artworks", "now").sum()).isEqualByComparingTo(TOTAL));

        assertThat(error(lake, "SELECT 1 FROM moma.artists LIMIT 1", "2020-01-01"))
                .contains("Cannot read table 'moma.artists' as of 2020-01-01T00:00:00Z: its history ");
        assertThat(error(lake, "SELECT 1 FROM moma.artists LIMIT 1", "yesterday"))
                .contains("Cannot read moment 'yesterday'");
    }

    private static void fillTables(Lake lake) throws SQLException {
        Database.execute(lake, Database.MUSEUM + """
                TRUNCATE artists, artworks;
                INSERT INTO artists SELECT i, 'Artist ' || i, 'Greek', 'Female', 1000 FROM generate_series(1, %1$d) i;
                INSERT INTO artworks SELECT i, 'Work ' || i, i, 'Kind ' || i %% 3, 'ink', DATE '1950-01-01', 1000
                    FROM generate_series(1, %1$d) i;
                """.formatted(ROWS));
    }

    /** Moves amounts from one row to another of the other table until it is stopped, and counts how often. */
    private static void transfer(Lake lake, long seed, AtomicInteger moved, AtomicBoolean stop) {
        Random random = new Random(seed);
        try (Connection connection = Database.connect(lake, lake.postgresPassword());
                PreparedStatement from = connection.prepareStatement(
                        "UPDATE artists SET birth_year = birth_year - ? WHERE artist_id = ?");
                PreparedStatement to = connection.prepareStatement(
                        "UPDATE artworks SET height_cm = height_cm + ? WHERE artwork_id = ?")) {
            connection.setAutoCommit(false);
            while (!stop.get()) {
                int amount = 1 + random.nextInt(5);
                from.setInt(1, amount);
                from.setInt(2, 1 + random.nextInt(ROWS));
                from.executeUpdate();
                to.setInt(1, amount);
                to.setInt(2, 1 + random.nextInt(ROWS));
                to.executeUpdate();
                connection.commit();
                moved.incrementAndGet();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireWhole(Sum sum) {
        assertThat(sum.sum()).as("as of " + sum.at()).isEqualByComparingTo(TOTAL);
    }

    private static Sum ask(Lake lake, String pair, String moment) throws Exception {
        String[] tables = pair.split(" ", -1);
        Map<String, Object> answer = answer(
                lake,
                "SELECT (SELECT sum(birth_year) FROM moma." + tables[0] + " WHERE __deleted = 'false')"
                        + " + (SELECT sum(height_cm) FROM moma." + tables[1] + ")",
                moment);
        assertThat(answer.get("error")).isNull();
        Map<?, ?> asOf = (Map<?, ?>) Objects.requireNonNull(answer.get("asOf"));
        return new Sum(
                number(answer), Instant.parse(String.valueOf(asOf.get("at"))), Boolean.TRUE.equals(asOf.get("exact")));
    }

    private static BigDecimal part(Lake lake, String table, String column, String moment) throws Exception {
        return Objects.requireNonNull(number(
                answer(lake, "SELECT sum(" + column + ") FROM moma." + table + " WHERE __deleted = 'false'", moment)));
    }

    private static @Nullable BigDecimal number(Map<String, Object> answer) {
        Object value = ((List<?>) ((List<?>) Objects.requireNonNull(answer.get("rows"))).get(0)).get(0);
        return value == null ? null : new BigDecimal(value.toString());
    }

    private static String error(Lake lake, String sql, String moment) throws Exception {
        return String.valueOf(answer(lake, sql, moment).get("error"));
    }

    /** What the server answers, which the command prints. */
    private static Map<String, Object> answer(Lake lake, String sql, String moment) throws Exception {
        Map<String, Object> body = new HashMap<>();
        body.put("sql", sql);
        body.put("asOf", moment);
        return ServerApi.of(lake.directory())
                .ask("POST", "/query", JSON.std.asString(body))
                .document();
    }
}
