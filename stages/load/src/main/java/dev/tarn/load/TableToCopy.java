package dev.tarn.load;

import java.util.List;

/**
 * What to copy.
 *
 * @param url {@code jdbc:postgresql://…} with the user's parameters, without login
 * @param user who reads
 * @param password of that user
 * @param schema of the table, as the database has it
 * @param table its name, as the database has it
 * @param sortedBy columns of the lake by which the rows are to come in order, then over one connection; none for any order
 * @param unsorted the rows may come in any order all the same if these columns have no more values than that
 */
public record TableToCopy(
        String url, String user, String password, String schema, String table, List<String> sortedBy, int unsorted) {

    public TableToCopy {
        sortedBy = List.copyOf(sortedBy);
    }

    /** In any order. */
    public TableToCopy(String url, String user, String password, String schema, String table) {
        this(url, user, password, schema, table, List.of(), 0);
    }

    /** Schema and table with a dot between, for messages. */
    public String fullName() {
        return schema + "." + table;
    }

    /** The address without parameters, of which one may be a secret. */
    public String address() {
        return url.replaceFirst("\\?.*", "");
    }

    @Override
    public String toString() {
        return fullName() + " at " + address() + " as " + user;
    }
}
