package dev.tarn.load;

/**
 * What to copy.
 *
 * @param url {@code jdbc:postgresql://…} with the user's parameters, without login
 * @param user who reads
 * @param password of that user
 * @param schema of the table, as the database has it
 * @param table its name, as the database has it
 */
public record TableToCopy(String url, String user, String password, String schema, String table) {

    /** Schema and table with a dot between, for messages. */
    public String fullName() {
        return schema + "." + table;
    }

    @Override
    public String toString() {
        return fullName() + " at " + url + " as " + user;
    }
}
