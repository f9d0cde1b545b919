package dev.tarn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineClientTest {
    @Test
    void errorsOfTheEngineKeepTheirWordsAndGetTheirKind() {
        TarnException sql = EngineClient.refusal(400, Map.of("code", "SQL", "message", "[X] no column 'prise'"));
        assertThat(sql).hasMessage("Cannot run the SQL: [X] no column 'prise' [SQL]");
        assertThat(sql.kind()).isEqualTo(ErrorKind.USER);

        TarnException late = EngineClient.refusal(504, Map.of("code", "QUERY_TIMEOUT", "message", "Cannot finish."));
        assertThat(late).hasMessage("Cannot finish. [QUERY_TIMEOUT]");
        assertThat(late.kind()).isEqualTo(ErrorKind.RESOURCES);
        assertThat(EngineClient.refusal(404, Map.of()).kind()).isEqualTo(ErrorKind.USER);
        assertThat(EngineClient.refusal(403, Map.of()).kind()).isEqualTo(ErrorKind.EXTERNAL);
        assertThat(EngineClient.refusal(500, Map.of()).kind()).isEqualTo(ErrorKind.INTERNAL);
    }
}
