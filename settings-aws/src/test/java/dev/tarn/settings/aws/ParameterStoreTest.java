package dev.tarn.settings.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.settings.secret.UnreadableSecretException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ParameterStoreTest {
    private LocalParameterStore server;
    private ParameterStore store;

    @BeforeEach
    void startServer() throws IOException {
        server = LocalParameterStore.start();
        System.setProperty("aws.endpointUrlSsm", server.url());
        System.setProperty("aws.region", "eu-central-1");
        System.setProperty("aws.accessKeyId", "key-of-test");
        System.setProperty("aws.secretAccessKey", "no-secret");
        store = new ParameterStore();
    }

    @AfterEach
    void stopServer() {
        store.close();
        server.close();
        for (String name : new String[] {"endpointUrlSsm", "region", "accessKeyId", "secretAccessKey"}) {
            System.clearProperty("aws." + name);
        }
    }

    @Test
    void loadsADecryptedParameter() throws UnreadableSecretException {
        assertThat(store.load("/museum/password")).isEqualTo(LocalParameterStore.VALUE);
        assertThat(server.requests()).singleElement().asString().contains("\"WithDecryption\":true");
    }

    @Test
    void missingParameterIsNamed() {
        assertThatThrownBy(() -> store.load("/museum/other"))
                .isInstanceOf(UnreadableSecretException.class)
                .hasMessage("parameter '/museum/other' does not exist in AWS Systems Manager");
    }

    @Test
    void refusalOfAwsIsPassedOnInOneLine() {
        assertThatThrownBy(() -> store.load("/denied"))
                .isInstanceOf(UnreadableSecretException.class)
                .hasMessage("parameter '/denied' cannot be read from AWS Systems Manager:"
                        + " AccessDeniedException: tarn may not read this");
    }

    @Test
    void silentAwsIsAnUnreadableParameter() {
        server.close();

        assertThatThrownBy(() -> store.load("/museum/password"))
                .isInstanceOf(UnreadableSecretException.class)
                .hasMessageStartingWith("parameter '/museum/password' cannot be read from AWS Systems Manager: ")
                .hasMessageNotContaining("\n");
    }
}
