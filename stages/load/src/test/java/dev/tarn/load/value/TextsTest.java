package dev.tarn.load.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void aPartOfTheBytesIsRead() {
        byte[] bytes = "ab漢字c".getBytes(StandardCharsets.UTF_8);

        assertThat(Texts.text(bytes, 2, 6)).isEqualTo("漢字");
    }

    @Test
    void bytesOfAnotherEncodingAreNotReplaced() {
        byte[] latin1 = {'a', (byte) 0xe9, 'b'};

        assertThatThrownBy(() -> Texts.text(latin1, 0, 3))
                .isInstanceOf(UnreadableValueException.class)
                .hasMessage("bytes that are no text in UTF-8");
    }
}
