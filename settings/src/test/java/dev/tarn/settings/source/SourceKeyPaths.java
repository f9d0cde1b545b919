package dev.tarn.settings.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The keys of sources/*.yaml as the page names them. */
public final class SourceKeyPaths {
    private SourceKeyPaths() {}

    public static List<String> all() {
        List<String> paths = new ArrayList<>(SourceKeys.SOURCE);
        SourceKeys.POSTGRES.forEach(key -> paths.add("postgres." + key));
        SourceKeys.TABLE.forEach(key -> paths.add("tables." + key));
        // What these two hold is said key by key.
        paths.removeAll(List.of("commit", "load", "raw"));
        SourceKeys.COMMIT.forEach(key -> paths.add("commit." + key));
        SourceKeys.LOAD.forEach(key -> paths.add("load." + key));
        SourceKeys.RAW.forEach(key -> paths.add("raw." + key));
        return paths;
    }

    public static Set<String> refusedOptions() {
        return SourceKeys.OUR_OPTIONS;
    }
}
