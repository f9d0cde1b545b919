package dev.tarn.store.hudi;

import org.apache.hudi.common.engine.HoodieEngineContext;
import org.apache.hudi.common.model.HoodieTableType;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.view.TableFileSystemView.BaseFileOnlyView;
import org.apache.hudi.common.table.view.TableFileSystemView.SliceView;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.table.HoodieJavaCopyOnWriteTable;
import org.apache.hudi.table.HoodieJavaMergeOnReadTable;
import org.apache.hudi.table.HoodieJavaTable;

/** Hudi's tables of the Java engine, looking up files in {@link FileGroups}. */
final class WritableTables {
    private WritableTables() {}

    static HoodieJavaTable<Object> create(
            HoodieWriteConfig config, HoodieEngineContext context, HoodieTableMetaClient client, FileGroups groups) {
        return client.getTableType() == HoodieTableType.MERGE_ON_READ
                ? new MergeOnRead(config, context, client, groups)
                : new CopyOnWrite(config, context, client, groups);
    }

    private static final class MergeOnRead extends HoodieJavaMergeOnReadTable<Object> {
        private static final long serialVersionUID = 1L;
        private final transient FileGroups groups;

        MergeOnRead(
                HoodieWriteConfig config,
                HoodieEngineContext context,
                HoodieTableMetaClient client,
                FileGroups groups) {
            super(config, context, client);
            this.groups = groups;
        }

        @Override
        public SliceView getSliceView() {
            return KnownFiles.slices(groups);
        }

        @Override
        public BaseFileOnlyView getBaseFileOnlyView() {
            return KnownFiles.baseFiles(groups);
        }
    }

    private static final class CopyOnWrite extends HoodieJavaCopyOnWriteTable<Object> {
        private static final long serialVersionUID = 1L;
        private final transient FileGroups groups;

        CopyOnWrite(
                HoodieWriteConfig config,
                HoodieEngineContext context,
                HoodieTableMetaClient client,
                FileGroups groups) {
            super(config, context, client);
            this.groups = groups;
        }

        @Override
        public SliceView getSliceView() {
            return KnownFiles.slices(groups);
        }

        @Override
        public BaseFileOnlyView getBaseFileOnlyView() {
            return KnownFiles.baseFiles(groups);
        }
    }
}
