package dev.tarn.settings.stream;

import java.util.regex.Pattern;

/** The form of names in streams. Each check gives the name back, or throws IllegalArgumentException with "must …". */
final class StreamNames {
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final Pattern TABLE = Pattern.compile("[A-Za-z]\\w{0,127}\\.[A-Za-z]\\w{0,127}");

    private StreamNames() {}

    static String topic(String name) {
        if (!TOPIC.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("must be the name of a topic: letters, digits, ., _ and -");
        }
        return name;
    }

    static String table(String name) {
        if (!TABLE.matcher(name).matches()) {
            throw new IllegalArgumentException("must be database.table");
        }
        return name;
    }
}
