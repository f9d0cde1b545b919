package dev.tarn.store.hudi;

import dev.tarn.store.TableDescription;
import dev.tarn.store.TableType;
import dev.tarn.store.TableVersion;
import dev.tarn.store.TableWriter;
import dev.tarn.store.TableWriterContract;
import dev.tarn.store.TableWriterSettings;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/** The contract for each kind of Hudi table. */
class HudiTableWriterTest {

    abstract static class HudiContract extends TableWriterContract {
        private final TableType type;
        private final TableVersion version;

        HudiContract(TableType type, TableVersion version) {
            this.type = type;
            this.version = version;
        }

        @Override
        protected TableDescription describe(String table, String... keys) {
            return TableDescription.of("shop", table, folder.resolve(table).toUri(), keys)
                    .as(type)
                    .in(version);
        }

        @Override
        protected TableWriter open(TableDescription description) {
            return HudiTableWriter.open(
                    description,
                    TableWriterSettings.defaults(folder.resolve("spill")).with(TableWriterSettings.Maintenance.OFF),
                    new Configuration());
        }

        @Override
        protected List<Map<String, @Nullable Object>> read(TableDescription description, @Nullable String asOf) {
            return HudiReading.rows(description, asOf);
        }

        @Override
        protected void compact(TableWriter writer) {
            ((HudiTableWriter) writer).maintainNow();
        }
    }

    @Nested
    class MergeOnReadVersionSix extends HudiContract {
        MergeOnReadVersionSix() {
            super(TableType.MERGE_ON_READ, TableVersion.SIX);
        }
    }

    @Nested
    class MergeOnReadVersionNine extends HudiContract {
        MergeOnReadVersionNine() {
            super(TableType.MERGE_ON_READ, TableVersion.NINE);
        }
    }

    @Nested
    class CopyOnWriteVersionSix extends HudiContract {
        CopyOnWriteVersionSix() {
            super(TableType.COPY_ON_WRITE, TableVersion.SIX);
        }
    }

    @Nested
    class CopyOnWriteVersionNine extends HudiContract {
        CopyOnWriteVersionNine() {
            super(TableType.COPY_ON_WRITE, TableVersion.NINE);
        }
    }
}
