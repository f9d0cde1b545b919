package dev.tarn.settings.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresUrlTest {
    @Test
    void partsAreDecoded() {
        assertThat(PostgresUrl.parse("jdbc:postgresql://[::1]:5432/my%20shop?sslmode=require&options=-c%20x%3D1"))
                .isEqualTo(
                        new PostgresUrl("[::1]", 5432, "my shop", Map.of("sslmode", "require", "options", "-c x=1")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        jdbc:postgresql://db:70000/shop  | must be a URL such as jdbc:postgresql://host:5432/database
        jdbc:postgresql://db:5432/       | must be a URL such as jdbc:postgresql://host:5432/database
        jdbc:postgresql://db:5432/a?b    | must be a URL such as jdbc:postgresql://host:5432/database
        jdbc:mysql://db:5432/shop        | must be a URL such as jdbc:postgresql://host:5432/database
        jdbc:postgresql://db:5432/50%    | must have two digits after each %
        jdbc:postgresql://db:1/a?user=u  | must not hold a user or a password; write user: and password: beside it
        jdbc:postgresql://u:p@db:1/a     | must not hold a user or a password; write user: and password: beside it
        """)
    void otherFormsAreRefused(String url, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostgresUrl.parse(url))
                .withMessage(reason);
    }
}
