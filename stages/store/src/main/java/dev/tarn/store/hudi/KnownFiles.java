package dev.tarn.store.hudi;

import dev.tarn.store.index.FileLocation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.apache.hudi.common.table.view.TableFileSystemView.BaseFileOnlyView;
import org.apache.hudi.common.table.view.TableFileSystemView.SliceView;
import org.apache.hudi.common.util.Option;
import org.jspecify.annotations.Nullable;

/**
 * Answers what Hudi's writing handles ask about files from {@link FileGroups} instead of a folder listing. They ask one
 * question of each of two wide interfaces; any other is a sign that Hudi has changed, and fails.
 */
final class KnownFiles implements InvocationHandler {
    private final FileGroups groups;

    private KnownFiles(FileGroups groups) {
        this.groups = groups;
    }

    static SliceView slices(FileGroups groups) {
        return (SliceView) view(SliceView.class, groups);
    }

    static BaseFileOnlyView baseFiles(FileGroups groups) {
        return (BaseFileOnlyView) view(BaseFileOnlyView.class, groups);
    }

    private static Object view(Class<?> type, FileGroups groups) {
        return Proxy.newProxyInstance(KnownFiles.class.getClassLoader(), new Class<?>[] {type}, new KnownFiles(groups));
    }

    @Override
    public Object invoke(Object proxy, Method method, @Nullable Object[] arguments) {
        switch (method.getName()) {
            case "getLatestFileSlice" -> {
                FileGroup group = find(arguments);
                return group == null || !group.exists() ? Option.empty() : Option.of(group.sliceForWriting());
            }
            case "getLatestBaseFile" -> {
                FileGroup group = find(arguments);
                return group == null || !group.hasBaseFile() ? Option.empty() : Option.of(group.base());
            }
            default -> throw new UnsupportedOperationException(method.toString());
        }
    }

    private @Nullable FileGroup find(@Nullable Object[] arguments) {
        return groups.find(new FileLocation((String) arguments[0], (String) arguments[1]));
    }
}
