package io.guildhall.api.token;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.guildhall.query.token.TokenView;

/** R18: the one time that a token's value is shown. */
record IssuedToken(@JsonUnwrapped TokenView view, String token) {}
