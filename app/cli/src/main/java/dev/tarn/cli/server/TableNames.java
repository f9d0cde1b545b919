package dev.tarn.cli.server;

import java.io.IOException;
import java.util.List;

/**
 * What a table is called.
 *
 * @param views the names under which it can be read, its own among them
 */
public record TableNames(String database, String table, List<String> views) {
    public TableNames {
        views = List.copyOf(views);
    }

    static TableNames parse(JsonFields fields) throws IOException {
        return new TableNames(fields.text("database"), fields.text("table"), fields.list("views"));
    }

    /** Such as {@code museum.artworks}. */
    public String fullName() {
        return database + "." + table;
    }

    /** Whether a user can mean this table by this name, with its database or without. */
    public boolean matches(String name) {
        return views.contains(name)
                || name.startsWith(database + ".") && views.contains(name.substring(database.length() + 1));
    }
}
