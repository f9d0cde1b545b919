package dev.tarn.processes.collect.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Offsets as Debezium's PostgreSQL connector stores them. */
class WholeTransactionsTest {
    @Test
    void offsetWithinATransactionBecomesTheEndOfTheLastOne() {
        Map<String, Object> offset = Map.of(
                "lsn", 900L, "lsn_proc", 900L, "lsn_commit", 500L, "messageType", "INSERT", "txId", 77L, "ts_usec", 1L);

        assertThat(WholeTransactions.rewind(offset))
                .isEqualTo(Map.of("lsn", 500L, "lsn_commit", 500L, "txId", 77L, "ts_usec", 1L));
    }

    @Test
    void offsetBeforeTheFirstCommitStaysWhereItIsAndLosesWhatToSearchFor() {
        Map<String, Object> offset = Map.of("lsn", 900L, "lsn_proc", 900L, "lsn_events_processed", 37L);

        assertThat(WholeTransactions.rewind(offset)).isEqualTo(Map.of("lsn", 900L));
    }

    @Test
    void nothingStaysNothing() {
        assertThat(WholeTransactions.rewind(null)).isNull();
    }

    @Test
    void offsetThatIsStoredIsNotChanged() {
        Map<String, Object> offset = new HashMap<>(Map.of("lsn", 900L, "lsn_commit", 500L, "lsn_proc", 800L));

        WholeTransactions.rewind(offset);

        assertThat(offset).isEqualTo(Map.of("lsn", 900L, "lsn_commit", 500L, "lsn_proc", 800L));
    }
}
