/** The document's samples (1.3 and 2.4), verbatim. The response of verify has no comma after its resultDesc. */
export const LOGIN_REQUEST_SAMPLE = `{
"encryptionalgorithm":"",
"expandparams":"",
"appid":"10000001",
"sign":"0C17F305AB3E8B4694829319167310D1",
"strictcheck":"0",
"msgid":"bed1dc7f6cd645b9be9006ae08040c93",
"systemtime":"20190226111842617",
"version":"2.0",
"token":"STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ"
}`;
export const LOGIN_RESPONSE_SAMPLE = `{
"inresponseto":"bed1dc7f6cd645b9be9006ae08040c93",
"resultCode":"103000",
"msisdn":"159xxxxxxxx",
"systemtime":"20190226111849953",
"taskId":"188b0744159f413e9bfe7ecc5d5bcc71"
}`;
export const VERIFY_REQUEST_SAMPLE = `{
    "header":{
        "appId":"3000666666666",
        "timestamp":"20180104090953788",
        "version":"1.0",
        "msgId":"8ADFF305C7FCB3E1B1AECC130792FBD0"
    },
    "body":{
        "openType":"1",
        "token":"STsid0000001515028196605yc1oYNTuPlTlLT10AR3ywr2WApEq14JH",
        "sign":"227716D80112F953632E4AFBB71C987E9ABF4831ACDA5A7464E2D8F61F0A9477",
        "phoneNum":"38D19FF8CE10416A6F3048467CB6F7D57A44407CB198C6E8793FFB87FEDFA9B8",
        "requesterType":"0"
    }
}`;
export const VERIFY_RESPONSE_SAMPLE = `{
    "body":{
        "message":"",
        "resultDesc":"是本机号码"
        "taskId": "b62585d15ee34869bd3c7e6ad62688e2"
    },
    "header":{
        "appId":"3000*****40",
        "msgId":"8ADFF305C7FCB3E1B1AECC130792FBD0",
        "resultCode":"000",
        "timestamp":"20180104090957277"
    }
}`;
