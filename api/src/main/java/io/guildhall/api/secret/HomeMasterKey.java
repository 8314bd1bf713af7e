package io.guildhall.api.secret;

import io.guildhall.api.home.Home;
import org.springframework.stereotype.Component;

/** Out of the home's master key. */
@Component
class HomeMasterKey implements MasterKey {

    private final MasterKey key;

    HomeMasterKey(Home home) {
        this.key = MasterKey.of(home.masterKey());
    }

    @Override
    public byte[] derive(String purpose) {
        return key.derive(purpose);
    }
}
