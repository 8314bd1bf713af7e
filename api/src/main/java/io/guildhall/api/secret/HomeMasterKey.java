package io.guildhall.api.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.api.home.Home;
import org.springframework.stereotype.Component;

/** HMAC of the purpose under the home's master key. */
@Component
class HomeMasterKey implements MasterKey {

    private final KeyedHash hash;

    HomeMasterKey(Home home) {
        this.hash = new KeyedHash(home.masterKey());
    }

    @Override
    public byte[] derive(String purpose) {
        return hash.of(("guildhall/" + purpose).getBytes(UTF_8));
    }
}
