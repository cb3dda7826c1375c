module example.com/cmpassport

go 1.21
