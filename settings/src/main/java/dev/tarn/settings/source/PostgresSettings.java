package dev.tarn.settings.source;

import dev.tarn.settings.secret.Login;

/** The PostgreSQL database of a source. */
public sealed interface PostgresSettings {
    /** A database in the PostgreSQL that Tarn starts. */
    record EmbeddedPostgres(String database) implements PostgresSettings {}

    /** A database elsewhere. */
    record ExternalPostgres(PostgresUrl url, Login login) implements PostgresSettings {}
}
